package io.llmnet.app;

import io.llmnet.secret.Redaction;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of the log, in messages and in exceptions; made by Quarkus, so what it knows is static. */
@LoggingFilter(name = "secrets")
public final class SecretFilter implements Filter {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord record) {
        Redaction redaction = Launch.secrets().redaction();
        String message = message(record);
        String told = redaction.of(message);
        if (!told.equals(message)) {
            record.setParameters(null);
            if (record instanceof ExtLogRecord extended) {
                extended.setMessage(told, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                record.setMessage(told);
            }
        }
        Throwable thrown = record.getThrown();
        if (thrown != null && shows(thrown, redaction, 0)) {
            record.setThrown(Blackened.of(thrown, redaction));
        }
        return true;
    }

    private static String message(LogRecord record) {
        String message = MESSAGE.formatMessage(record);
        return message == null ? "" : message;
    }

    private static boolean shows(@Nullable Throwable thrown, Redaction redaction, int depth) {
        if (thrown == null || depth > Blackened.DEEPEST) {
            return false;
        }
        String text = thrown.toString();
        if (!redaction.of(text).equals(text) || shows(thrown.getCause(), redaction, depth + 1)) {
            return true;
        }
        for (Throwable other : thrown.getSuppressed()) {
            if (shows(other, redaction, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** An exception as it is told, without secrets. */
    private static final class Blackened extends Throwable {
        /** Deeper causes than this are cut off. */
        private static final int DEEPEST = 16;

        private static final long serialVersionUID = 1L;

        private final String text;

        private Blackened(String text, @Nullable Throwable cause) {
            super(text, cause);
            this.text = text;
        }

        static Throwable of(Throwable thrown, Redaction redaction) {
            return of(thrown, redaction, 0);
        }

        private static Throwable of(Throwable thrown, Redaction redaction, int depth) {
            Throwable cause = thrown.getCause();
            Blackened told = new Blackened(
                    redaction.of(thrown.toString()),
                    cause == null || depth >= DEEPEST ? null : of(cause, redaction, depth + 1));
            told.setStackTrace(thrown.getStackTrace());
            if (depth < DEEPEST) {
                for (Throwable other : thrown.getSuppressed()) {
                    told.addSuppressed(of(other, redaction, depth + 1));
                }
            }
            return told;
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // the words are another class's, and its name is among them
        public String toString() {
            return text;
        }
    }
}
