package io.llmnet.camel.alert;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The way of texts whose alert has no route of its own: one route for all of them. */
final class CommonWay extends RouteBuilder implements Delivery {
    private static final String ENTRY = "direct:llmnet-socket";
    private static final String SOCKET = "vertx-websocket:ws://any";

    private final Endpoint endpoint;
    private final AsyncProducer producer;

    private CommonWay(CamelContext camel) throws Exception {
        super(camel);
        SocketEndpoint.register(camel, SOCKET);
        this.endpoint = camel.getEndpoint(ENTRY);
        this.producer = endpoint.createAsyncProducer();
    }

    static CommonWay in(CamelContext camel) throws Exception {
        CommonWay way = new CommonWay(camel);
        camel.addRoutes(way);
        way.producer.start();
        return way;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(ENTRY)
                .routeId("llmnet/socket")
                .routeDescription("tells the alerts of pipelines that have no routes of their own")
                .to(SOCKET);
    }

    @Override
    public Future<Void> send(Sender sender, String text) {
        Promise<Void> sent = Promise.promise();
        Exchange exchange = endpoint.createExchange();
        exchange.setProperty(SocketEndpoint.SENDER, sender);
        exchange.getMessage().setBody(text);
        producer.process(exchange, doneSync -> {
            if (exchange.getException() == null) {
                sent.complete();
            } else {
                sent.fail(exchange.getException());
            }
        });
        return sent.future();
    }
}
