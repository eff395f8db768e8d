package io.llmnet.app;

import io.llmnet.cli.CommandException;
import io.llmnet.cli.Nodes;
import io.llmnet.node.InferenceNode;
import io.llmnet.node.NodeFailure;
import io.llmnet.node.NodeOptions;
import java.util.Map;

/** The inference node behind {@code llmnet node}: flags and the process's variables become its options. */
final class LocalNode implements Nodes {
    @Override
    public int serve(Map<String, String> flags) {
        try {
            InferenceNode.serve(NodeOptions.of(flags, System.getenv()), System.out);
            return 0;
        } catch (NodeFailure failed) {
            throw new CommandException(String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
