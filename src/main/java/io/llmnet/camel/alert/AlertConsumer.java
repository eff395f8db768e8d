package io.llmnet.camel.alert;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Sends the texts of an alert through its route. */
final class AlertConsumer extends DefaultConsumer implements Delivery {
    private final Senders senders;
    private final String key;

    AlertConsumer(AlertEndpoint endpoint, Processor processor, Senders senders, String key) {
        super(endpoint, processor);
        this.senders = senders;
        this.key = key;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        senders.attach(key, this);
    }

    @Override
    protected void doStop() throws Exception {
        senders.detach(key, this);
        super.doStop();
    }

    @Override
    public Future<Void> send(Sender sender, String text) {
        Promise<Void> sent = Promise.promise();
        Exchange exchange = createExchange(false);
        exchange.setProperty(SocketEndpoint.SENDER, sender);
        exchange.getMessage().setBody(text);
        getAsyncProcessor().process(exchange, doneSync -> {
            Exception failure = exchange.getException();
            releaseExchange(exchange, false);
            if (failure == null) {
                sent.complete();
            } else {
                sent.fail(failure);
            }
        });
        return sent.future();
    }
}
