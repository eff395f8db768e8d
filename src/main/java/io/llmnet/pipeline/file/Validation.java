package io.llmnet.pipeline.file;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;

/** Says whether a pipeline file is right. */
public final class Validation {
    private Validation() {}

    /**
     * The verdict on a file, with a line break at its end.
     *
     * @param file the file as the user gave it
     */
    public static String text(String file, Reading reading) {
        StringBuilder text = new StringBuilder();
        Graph graph = reading.graph().orElse(null);
        if (graph == null) {
            text.append("✗ ").append(file).append(" is invalid\n\n");
        } else {
            text.append("✓ ").append(file).append(" is valid\n\n");
            text.append("  Models: ").append(graph.models().size()).append('\n');
            text.append("  Nodes:  ").append(graph.nodes().size()).append('\n');
        }
        for (Problem problem : reading.problems()) {
            text.append(problem.isError() ? "  Error: " : "  Warning: ")
                    .append(problem)
                    .append('\n');
        }
        return text.toString();
    }
}
