package io.llmnet.registry;

import java.util.Locale;

/** Where a backend is, as far as privacy goes. */
public enum Zone {
    /** At home: what it is asked never leaves. */
    RESTRICTED,
    /** Somebody else's: a cloud. */
    OPEN;

    /** As files and headers write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
