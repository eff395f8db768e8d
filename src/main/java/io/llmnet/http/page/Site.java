package io.llmnet.http.page;

import io.llmnet.fault.ChatException;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What pages must know of the server that they are on.
 *
 * @param pipelines the names of those that answer, in order
 * @param nodes how many nodes all pipelines have together
 * @param active requests that are worked on
 * @param metrics all metrics in Prometheus' text format
 * @param bodies reads bodies, within the server's limit
 */
public record Site(
        Supplier<List<String>> pipelines,
        IntSupplier nodes,
        IntSupplier active,
        Supplier<String> metrics,
        Bodies bodies) {
    /** Reads the body of a request, and tells it whole or why it was refused. */
    @FunctionalInterface
    public interface Bodies {
        void read(HttpServerRequest request, Consumer<byte[]> whole, Consumer<ChatException> refused);
    }
}
