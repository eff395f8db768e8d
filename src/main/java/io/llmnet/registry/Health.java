package io.llmnet.registry;

import java.util.Locale;

/** How a backend is, by its probes. */
public enum Health {
    /** Not probed yet. */
    UNKNOWN,
    HEALTHY,
    UNHEALTHY,
    /** Finishes what it has, and gets nothing new. */
    DRAINING;

    /** As pages write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
