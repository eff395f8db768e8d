package io.llmnet.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that callers can name. */
public interface Entries {
    /** The entry of that name, or the one that answers where no name is given; null when there is none. */
    @Nullable
    Entry named(@Nullable String model);

    /** The ids to list, in order. */
    List<String> names();

    /** How many nodes all pipelines have together. */
    int nodes();
}
