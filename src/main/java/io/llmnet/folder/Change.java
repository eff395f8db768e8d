package io.llmnet.folder;

import io.llmnet.pipeline.Graph;
import java.util.List;
import java.util.Set;

/**
 * What is to be done after a look at pipeline files.
 *
 * @param put pipelines that are new or another version
 * @param gone names of those that are not there any more
 * @param wrong what refuses files, each with its place
 * @param warnings what the authors of the others should know
 */
public record Change(List<Graph> put, Set<String> gone, List<String> wrong, List<String> warnings) {
    public Change {
        put = List.copyOf(put);
        gone = Set.copyOf(gone);
        wrong = List.copyOf(wrong);
        warnings = List.copyOf(warnings);
    }

    static final Change NONE = new Change(List.of(), Set.of(), List.of(), List.of());

    public boolean isNone() {
        return put.isEmpty() && gone.isEmpty() && wrong.isEmpty() && warnings.isEmpty();
    }
}
