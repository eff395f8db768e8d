package io.llmnet.camel.watch;

import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;

/**
 * Is told what requests do in pipelines. All that it and what it returns are told, they are told on the requests' own
 * threads: they must not wait and must not throw.
 */
public interface Watcher {
    /** Who has no interest. */
    Watcher NOBODY = (call, graph) -> WatchedRun.BY_NOBODY;

    /** A run begins. */
    WatchedRun begins(Call call, Graph graph);

    /** A pipeline is gone, and what is known of it may be forgotten. */
    default void gone(String pipeline) {}
}
