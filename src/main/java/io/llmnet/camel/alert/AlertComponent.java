package io.llmnet.camel.alert;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code alert:pipeline/node}: one alert and the buffer in front of its server. A run that is sent to it sets the alert off;
 * a text is told as it stands. Who reads from it gets one text at a time, the next once the last was sent, and the same again
 * if it was not.
 *
 * <p>{@code alert:any?ends=...}: all alerts that a run sets off where it is, those of its end included or not.
 */
final class AlertComponent extends DefaultComponent {
    private final Senders senders;
    private final Reporter reporter;

    AlertComponent(Senders senders, Reporter reporter) {
        this.senders = senders;
        this.reporter = reporter;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new AlertEndpoint(uri, this, remaining, getAndRemoveParameter(parameters, "ends", Boolean.class));
    }

    Senders senders() {
        return senders;
    }

    Reporter reporter() {
        return reporter;
    }
}
