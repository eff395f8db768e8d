package io.llmnet.discovery.operation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model is loaded or unloaded somewhere, or was.
 *
 * @param id {@code op-} and a random number
 * @param started when it began
 * @param ended when it ended; null while it goes on
 * @param progress the share that is done, as far as the server tells; 0 to 1
 * @param error why it failed; null when it has not
 */
public record Operation(
        String id,
        Kind kind,
        String model,
        String backend,
        Status status,
        Instant started,
        @Nullable Instant ended,
        double progress,
        @Nullable String error) {
    /** What is done. */
    public enum Kind {
        LOAD,
        UNLOAD;

        /** As pages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED;

        /** As pages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Operation at(double share) {
        return new Operation(id, kind, model, backend, status, started, ended, Math.max(progress, share), error);
    }

    Operation completed(Instant when) {
        return new Operation(id, kind, model, backend, Status.COMPLETED, started, when, 1, null);
    }

    Operation failed(Instant when, String why) {
        return new Operation(id, kind, model, backend, Status.FAILED, started, when, progress, why);
    }
}
