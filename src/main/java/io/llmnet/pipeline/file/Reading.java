package io.llmnet.pipeline.file;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a pipeline file.
 *
 * @param graph the pipeline, there exactly when no problem is an error
 * @param problems all that is wrong, in the order of their places
 */
public record Reading(Optional<Graph> graph, List<Problem> problems) {
    public Reading {
        problems = List.copyOf(problems);
        if (graph.isPresent() == problems.stream().anyMatch(Problem::isError)) {
            throw new IllegalArgumentException("a graph is there exactly when nothing is wrong");
        }
    }
}
