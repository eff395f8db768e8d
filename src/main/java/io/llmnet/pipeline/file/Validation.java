package io.llmnet.pipeline.file;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import java.util.List;

/** Says whether a pipeline file is right. */
public final class Validation {
    private Validation() {}

    /**
     * The verdict on a file, with a line break at its end.
     *
     * @param file the file as the user gave it
     */
    public static String text(String file, Reading reading) {
        String counts = reading.graph().map(Validation::counts).orElse("");
        return text(file, counts, reading.problems());
    }

    private static String counts(Graph graph) {
        return "\n  Models: " + graph.models().size() + "\n  Nodes:  "
                + graph.nodes().size() + "\n";
    }

    /**
     * The verdict on a file that is no pipeline, with a line break at its end.
     *
     * @param counts what is in it, on lines of their own; empty for nothing worth telling
     */
    public static String text(String file, String counts, List<Problem> problems) {
        boolean isRight = problems.stream().noneMatch(Problem::isError);
        StringBuilder text = new StringBuilder();
        text.append(isRight ? "✓ " : "✗ ").append(file).append(isRight ? " is valid\n" : " is invalid\n\n");
        text.append(counts);
        for (Problem problem : problems) {
            text.append(problem.isError() ? "  Error: " : "  Warning: ")
                    .append(problem)
                    .append('\n');
        }
        return text.toString();
    }
}
