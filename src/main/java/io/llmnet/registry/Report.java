package io.llmnet.registry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one probe of a backend brought.
 *
 * @param trouble why it is not well, for people; null when it is
 * @param models all that it has; null where it did not say, so that what was known stays
 * @param slots requests that it says it works on at once; 0 where it does not say
 * @param version of its software; null where it does not say
 * @param took how long it was
 */
public record Report(
        @Nullable String trouble,
        @Nullable List<Card> models,
        int slots,
        @Nullable String version,
        Duration took) {
    public Report {
        models = models == null ? null : List.copyOf(models);
    }

    /** It is well, and has these models. */
    public static Report well(List<Card> models, int slots, @Nullable String version, Duration took) {
        return new Report(null, models, slots, version, took);
    }

    /** It is not well. */
    public static Report failed(String trouble, Duration took) {
        return new Report(trouble, null, 0, null, took);
    }

    public boolean isWell() {
        return trouble == null;
    }
}
