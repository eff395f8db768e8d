package io.llmnet.runner.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs as long as we do, and not longer, whatever becomes of us.
 *
 * <p>It has a session (where there is no {@code setsid}, a process group) of its own, so that a Ctrl-C in our terminal is
 * not for it, and so that all it starts ends with it. A shell guards it, and reads a pipe to which we never write: when that
 * breaks, be it that we close it, end or are killed, the guard tells the group to end, and kills what is left after the
 * grace. The guard is two processes, one that waits for the program and one that reads the pipe; should either be killed,
 * the other and we still see to the end, and where Linux has {@code setpriv}, the kernel kills the program with the first.
 * What starts a session of its own escapes the guard; told to stop, we end that, too.
 */
public final class Guarded {
    private static final String GUARD = """
            grace=$1; shift
            exec 3<&0 </dev/null
            if setpriv --pdeathsig KILL true 2>/dev/null; then set -- setpriv --pdeathsig KILL "$@"; fi
            if command -v setsid >/dev/null 2>&1; then
                setsid "$@" 3<&- &
                program=$!
            else
                set -m
                "$@" 3<&- &
                program=$!
                set +m
            fi
            trap '' HUP INT QUIT TERM
            all() { kill -s "$1" -- "-$program" 2>/dev/null || kill -s "$1" "$program" 2>/dev/null; }
            (
                while read -r _; do :; done <&3
                all TERM
                left=$((grace * 10))
                while [ "$left" -gt 0 ] && all 0; do sleep 0.1; left=$((left - 1)); done
                all KILL
            ) &
            watcher=$!
            exec 3<&-
            wait "$program"
            code=$?
            all KILL
            kill -s KILL "$watcher" 2>/dev/null
            exit "$code"
            """;

    /** Beyond the grace, for the guard itself. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process guard;
    private final Duration grace;
    private final Thread listener;

    private Guarded(Process guard, Duration grace, ProgramLog log) {
        this.guard = guard;
        this.grace = grace;
        this.listener = new Thread(() -> listen(guard.getInputStream(), log), "log-" + guard.pid());
    }

    /**
     * Starts it.
     *
     * @param environment beside our own
     * @param grace from being told to end to being killed, in whole seconds
     * @throws IOException if there is no shell; a program that is not there ends with 126 or 127
     */
    public static Guarded start(List<String> command, Map<String, String> environment, Duration grace, ProgramLog log)
            throws IOException {
        List<String> words =
                new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "llmnet-guard", String.valueOf(grace.toSeconds())));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process guard = builder.start();
        Guarded started = new Guarded(guard, grace, log);
        started.listener.setDaemon(true);
        started.listener.start();
        var unused = guard.onExit().thenRun(started::letGo);
        return started;
    }

    /** Completes when it has ended, by itself or not. */
    public CompletableFuture<?> end() {
        return guard.onExit();
    }

    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Waits for its end; says whether it came in time. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return guard.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its exit code, once it has ended and all that it said is in the log; 128 and the signal's number if it was killed. */
    public int code() throws InterruptedException {
        listener.join(LAST_WORDS.toMillis());
        return guard.exitValue();
    }

    /** Ends it and all that it started, and waits for that. */
    public void stop() {
        List<ProcessHandle> family = guard.descendants().toList();
        letGo();
        try {
            if (!awaitEnd(grace.plus(SLACK))) {
                guard.destroyForcibly();
            }
            family.forEach(ProcessHandle::destroyForcibly);
            listener.join(LAST_WORDS.toMillis());
        } catch (InterruptedException hurried) {
            guard.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private void letGo() {
        try {
            guard.getOutputStream().close();
        } catch (IOException broken) {
            // then it is gone already
        }
    }

    private static void listen(InputStream said, ProgramLog log) {
        byte[] bytes = new byte[8192];
        try (said) {
            for (int read = said.read(bytes); read >= 0; read = said.read(bytes)) {
                log.write(bytes, read);
            }
        } catch (IOException ended) {
            // a pipe that breaks has no more to say
        }
    }
}
