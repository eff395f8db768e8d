package io.llmnet.node;

import java.util.Map;

/** Starts a node from the environment, to be tried by hand. */
final class NodeByHand {
    private NodeByHand() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            InferenceNode.serve(NodeOptions.of(Map.of(), System.getenv()), System.out);
        } catch (NodeFailure e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }
}
