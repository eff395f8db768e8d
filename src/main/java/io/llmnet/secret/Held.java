package io.llmnet.secret;

import io.llmnet.pipeline.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a source held when it was read last, and when to look again.
 *
 * @param failures how often in a row it could not be read since
 * @param readNanos when it was looked at last
 * @param stamp what its file looked like then; empty for what is no file
 */
record Held(Secret source, Map<String, String> values, int failures, long readNanos, String stamp) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 20;

    /** Read just now. */
    static Held now(Secret source, Map<String, String> values, String stamp) {
        return new Held(source, values, 0, System.nanoTime(), stamp);
    }

    /** The same values after one more failure. */
    Held failed(String stampThen) {
        return new Held(source, values, failures + 1, System.nanoTime(), stampThen);
    }

    /** Whether it is to be read again. */
    boolean isDue() {
        return source.match(new Secret.Cases<>() {
            @Override
            public Boolean envFile(Secret.EnvFile file) {
                return !stamp.equals(stamp(source));
            }

            @Override
            public Boolean env(Secret.Env variable) {
                return false;
            }

            @Override
            public Boolean vault(Secret.Vault vault) {
                return System.nanoTime() - readNanos >= (failures == 0 ? vault.refresh() : pause()).toNanos();
            }
        });
    }

    /** How long to wait after failures: twice as long each time. */
    Duration pause() {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** What a source's file looks like, to be taken before it is read, so that no change between is missed. */
    static String stamp(Secret source) {
        if (!(source instanceof Secret.EnvFile file)) {
            return "";
        }
        Path path = file.path();
        try {
            return Files.getLastModifiedTime(path) + " " + Files.size(path);
        } catch (IOException gone) {
            return "gone";
        }
    }
}
