package io.llmnet.camel.watch;

import io.llmnet.pipeline.Node;
import io.llmnet.routing.Candidate;

/**
 * What a node asks of whom.
 *
 * @param node who asks
 * @param purpose what the answer is for
 * @param candidate who is asked first
 * @param hop the how manieth node of its run it is
 */
public record Asks(Node node, Purpose purpose, Candidate candidate, int hop) {
    /** What an answer is for. */
    public enum Purpose {
        /** It goes to the caller. */
        ANSWER("answer"),
        /** It goes to the next node. */
        PASS_ON("pass on"),
        /** It names the next node. */
        CHOOSE("choose");

        private final String words;

        Purpose(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String words() {
            return words;
        }
    }
}
