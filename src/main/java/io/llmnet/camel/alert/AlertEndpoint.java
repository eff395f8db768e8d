package io.llmnet.camel.alert;

import io.llmnet.camel.Run;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** One alert, or all that a run sets off where it is. */
final class AlertEndpoint extends DefaultEndpoint {
    private final AlertComponent component;
    private final String key;
    private final @Nullable Boolean ends;

    AlertEndpoint(String uri, AlertComponent component, String key, @Nullable Boolean ends) {
        super(uri, component);
        this.component = component;
        this.key = key;
        this.ends = ends;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                Object body = exchange.getMessage().getBody();
                if (body instanceof Run run) {
                    alerts(run)
                            .forEach(name ->
                                    component.reporter().report(run, run.graph().node(name)));
                } else {
                    component.senders().offer(key, exchange.getMessage().getBody(String.class));
                }
            }
        };
    }

    private List<String> alerts(Run run) {
        return ends == null ? List.of(Senders.alert(run.graph(), key)) : run.alerts(ends);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new AlertConsumer(this, processor, component.senders(), key);
    }
}
