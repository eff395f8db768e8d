package io.llmnet.http.page;

import io.llmnet.fault.ChatException;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What pages must know of the server that they are on.
 *
 * @param pipelines the names of those that answer, in order
 * @param ensembles the names of models that answer together, in order
 * @param nodes how many nodes all pipelines have together
 * @param active requests that are worked on
 * @param metrics all metrics in Prometheus' text format
 * @param bodies reads bodies, within the server's limit
 */
public record Site(
        Supplier<List<String>> pipelines,
        Supplier<List<String>> ensembles,
        IntSupplier nodes,
        IntSupplier active,
        Supplier<String> metrics,
        Bodies bodies) {
    /** The names that are ours, and no backend's. */
    List<String> names() {
        return Stream.concat(pipelines.get().stream(), ensembles.get().stream())
                .distinct()
                .toList();
    }

    /** Of this server, as it tells it. */
    public static final String VERSION = "0.1.0";

    /** Reads the body of a request, and tells it whole or why it was refused. */
    @FunctionalInterface
    public interface Bodies {
        void read(HttpServerRequest request, Consumer<byte[]> whole, Consumer<ChatException> refused);
    }
}
