package io.llmnet.pool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the members of all tasks are.
 *
 * @param healthy whether all are
 * @param providers {@link #WELL} or {@link #ILL}, by the names of the members, in the order of the settings
 * @param version of this server
 */
public record Health(boolean healthy, Map<String, String> providers, String version) {
    /** Of a member that may be asked. */
    public static final String WELL = "healthy";
    /** Of a member that nobody can be asked for now. */
    public static final String ILL = "unhealthy";

    public Health {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    }
}
