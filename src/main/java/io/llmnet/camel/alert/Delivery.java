package io.llmnet.camel.alert;

import io.vertx.core.Future;

/** The way that texts take to their server: a route that ends at {@code vertx-websocket}. */
@FunctionalInterface
interface Delivery {
    /** Sends a text over the sender's socket; fails if the other side does not take it. */
    Future<Void> send(Sender sender, String text);
}
