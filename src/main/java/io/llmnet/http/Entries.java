package io.llmnet.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that callers can name. */
public interface Entries {
    /** The entry of that name, or the one that answers where no name is given; null when there is none. */
    @Nullable
    Entry named(@Nullable String model);

    /** The names of pipelines, in order. */
    List<String> pipelines();

    /** The names of ensembles, in order. */
    default List<String> ensembles() {
        return List.of();
    }

    /** All ids that callers can name, pipelines first. */
    List<String> names();

    /** The alerts of a pipeline that clients may listen to; none where there is no such pipeline. */
    Set<String> alertsOf(String pipeline);

    /** How many nodes all pipelines have together. */
    int nodes();
}
