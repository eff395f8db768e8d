package io.llmnet.cache;

import java.util.Locale;
import java.util.Map;

/** Where an answer came from, as the header {@code x-llmnet-cache} says it. */
public enum Given {
    /** It was kept. */
    HIT,
    /** It was kept for a question that means the same. */
    SIMILAR,
    /** Somebody else was asking the same. */
    SHARED,
    /** It was asked for. */
    MISS,
    /** It was asked for, and the cache had nothing to do with it. */
    BYPASS;

    public static final String HEADER = "x-llmnet-cache";

    private final String word = name().toLowerCase(Locale.ROOT);

    /** In lower case. */
    public String word() {
        return word;
    }

    /** What the caller is told. */
    Map<String, String> header() {
        return Map.of(HEADER, word);
    }
}
