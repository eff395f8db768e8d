package io.llmnet.pipeline.file;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading a pipeline file.
 *
 * @param graph the pipeline, there exactly when no problem is an error
 * @param problems all that is wrong, in the order of their places
 * @param secrets the sources of secrets that the file refers to: when one changes, the file is to be read again
 */
public record Reading(Optional<Graph> graph, List<Problem> problems, Set<Secret> secrets) {
    public Reading {
        problems = List.copyOf(problems);
        secrets = Set.copyOf(secrets);
        if (graph.isPresent() == problems.stream().anyMatch(Problem::isError)) {
            throw new IllegalArgumentException("a graph is there exactly when nothing is wrong");
        }
    }
}
