package io.llmnet.telemetry;

import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Those who follow requests live. While there are none, nothing is collected. */
public final class Followers implements Watcher {
    private final List<Follower> all = new CopyOnWriteArrayList<>();
    private final boolean tellsText;
    private final UnaryOperator<String> redaction;

    /**
     * Nobody yet.
     *
     * @param tellsText whether followers may hear what is said
     * @param redaction takes out of that what must not be shown
     */
    public Followers(boolean tellsText, UnaryOperator<String> redaction) {
        this.tellsText = tellsText;
        this.redaction = redaction;
    }

    boolean tellsText() {
        return tellsText;
    }

    void add(Follower follower) {
        all.add(follower);
    }

    void remove(Follower follower) {
        all.remove(follower);
    }

    @Override
    public WatchedRun begins(Call call, Graph graph) {
        if (all.isEmpty()) {
            return WatchedRun.BY_NOBODY;
        }
        List<Follower> interested =
                all.stream().filter(one -> one.follows(graph.name())).toList();
        return interested.isEmpty()
                ? WatchedRun.BY_NOBODY
                : FollowedRun.begin(interested, tellsText, redaction, call, graph.name());
    }
}
