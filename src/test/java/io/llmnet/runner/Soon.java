package io.llmnet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
public final class Soon {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 5_000_000;

    private Soon() {}

    /** Returns as soon as the condition holds; fails when it does not within half a minute. */
    public static void holds(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within %s", what, PATIENCE).isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits until a process is no more; one that only waits to be counted by its parent is none. */
    public static void isGone(long pid) {
        holds("the end of process " + pid, () -> !isAlive(pid));
    }

    /** Whether a process runs. */
    public static boolean isAlive(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                    && !(Files.exists(status) && Files.readString(status).contains(") Z "));
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }
}
