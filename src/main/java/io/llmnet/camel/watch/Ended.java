package io.llmnet.camel.watch;

import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How something ended that took its time.
 *
 * @param outcome whether it went well
 * @param status of HTTP, as the caller would see it
 * @param code of our fault, null where there is none
 * @param nanos how long it took
 * @param usage what it used, as far as that is known
 */
public record Ended(Outcome outcome, int status, @Nullable String code, long nanos, Usage usage) {
    /** Whether something went well. */
    public enum Outcome {
        OK("ok"),
        FAILED("failed"),
        /** The caller left, or somebody else was faster. */
        CANCELLED("cancelled");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** As labels and people read it. */
        public String word() {
            return word;
        }
    }

    private static final int INTERNAL = 500;

    static Ended answered(int status, long nanos, Usage usage) {
        return new Ended(status / 100 == 2 ? Outcome.OK : Outcome.FAILED, status, null, nanos, usage);
    }

    static Ended failed(Throwable why, long nanos, Usage usage) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        if (cause instanceof ChatException chat) {
            Fault fault = chat.fault();
            Outcome outcome = fault == Fault.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED;
            return new Ended(outcome, fault.status(), fault.code(), nanos, usage);
        }
        return new Ended(Outcome.FAILED, INTERNAL, Fault.INTERNAL.code(), nanos, usage);
    }

    /** What went wrong in one word, for labels; null where nothing did. */
    public @Nullable String error() {
        if (outcome == Outcome.OK) {
            return null;
        }
        return code == null ? Integer.toString(status) : code;
    }
}
