package io.llmnet.camel.alert;

import io.vertx.core.http.WebSocket;
import java.net.URI;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;

/** Camel's {@code vertx-websocket}, writing to the socket that an alert's sender has opened. */
final class SocketEndpoint extends VertxWebsocketEndpoint {
    /** The exchange's property that says who sends. */
    static final String SENDER = "llmnetAlertSender";

    private SocketEndpoint(String uri, VertxWebsocketComponent component, VertxWebsocketConfiguration configuration) {
        super(uri, component, configuration);
    }

    /** Makes {@code uri} such an endpoint. */
    static void register(CamelContext camel, String uri) {
        VertxWebsocketConfiguration configuration = new VertxWebsocketConfiguration();
        configuration.setWebsocketURI(URI.create(uri.substring(uri.indexOf(':') + 1)));
        VertxWebsocketComponent component = camel.getComponent("vertx-websocket", VertxWebsocketComponent.class);
        try {
            camel.addEndpoint(uri, new SocketEndpoint(uri, component, configuration));
        } catch (Exception e) {
            throw new IllegalStateException("the endpoint " + uri + " cannot be made", e);
        }
    }

    @Override
    protected WebSocket getWebSocket(Exchange exchange) {
        Sender sender = exchange.getProperty(SENDER, Sender.class);
        return Objects.requireNonNull(sender, "only alerts are sent here").socket();
    }
}
