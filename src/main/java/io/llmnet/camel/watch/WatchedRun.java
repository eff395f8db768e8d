package io.llmnet.camel.watch;

import io.llmnet.pipeline.Node;

/** One run that somebody watches. Branches tell of what they do at the same time. */
public interface WatchedRun {
    /** A run that nobody watches. */
    WatchedRun BY_NOBODY = new WatchedRun() {
        @Override
        public WatchedAsk asks(Asks asks) {
            return WatchedAsk.BY_NOBODY;
        }

        @Override
        public void chose(Node at, Node chosen, String how) {}

        @Override
        public void ended(Ended end) {}
    };

    /** A node asks its model. */
    WatchedAsk asks(Asks asks);

    /**
     * One of several nodes was chosen.
     *
     * @param at the node that chose
     * @param how {@code condition}, {@code model}, {@code embedding}, or {@code fallback-} and why
     */
    void chose(Node at, Node chosen, String how);

    /** All is said; nothing is told after this. */
    void ended(Ended end);
}
