package io.llmnet.function;

import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts programs, without a shell: each argument stays one argument, whatever is in it. A program reads the text that it may
 * replace from its standard input, and writes the new one to its standard output.
 *
 * <p>It sees no more of the server's environment than it needs to run, for there the server's own keys stand.
 */
final class ShellFunctions implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int WAITING = 64;
    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "SYSTEMROOT");
    private static final String FAILED = "Shell command failed: ";

    private final ShellPolicy policy;
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), this::daemon);

    ShellFunctions(ShellPolicy policy) {
        this.policy = policy;
        workers.allowCoreThreadTimeOut(true);
    }

    void call(Function.Shell shell, Variables variables, Pending pending) {
        String objection = policy.objection(shell).orElse(null);
        if (objection != null) {
            pending.fail(FAILED + objection);
            return;
        }
        ProcessBuilder program = program(shell, variables);
        String text = variables.valueOf("OUTPUT");
        try {
            workers.execute(() -> run(program, text == null ? "" : text, pending));
        } catch (RejectedExecutionException full) {
            pending.fail(FAILED + "too many programs are running");
        }
    }

    private static ProcessBuilder program(Function.Shell shell, Variables variables) {
        List<String> line = new ArrayList<>(List.of(shell.command()));
        // A text cannot hold a NUL on its way to a program.
        shell.arguments().forEach(argument -> line.add(argument.fill(variables).replace("\0", "")));
        ProcessBuilder program = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = program.environment();
        environment.keySet().removeIf(name -> !isInherited(name));
        shell.environment()
                .forEach((name, value) ->
                        environment.put(name, value.fill(variables).replace("\0", "")));
        if (shell.workingFolder() != null) {
            program.directory(new File(shell.workingFolder()));
        }
        return program;
    }

    private static boolean isInherited(String name) {
        return INHERITED.contains(name.toUpperCase(Locale.ROOT)) || name.startsWith("LC_");
    }

    private static void run(ProcessBuilder program, String text, Pending pending) {
        if (pending.isOver()) {
            return;
        }
        try {
            ProgramRun run = start(program, text);
            byte[] output = run.output(pending);
            if (pending.isOver()) {
                return;
            }
            int code = run.exitCode();
            if (code == 0) {
                pending.bring(Output.ofAny(output));
            } else {
                pending.fail(FAILED + "exit code " + code);
            }
        } catch (FunctionException e) {
            pending.fail(FAILED + e.getMessage());
        } catch (IOException e) {
            pending.fail(FAILED + "the program cannot be started; is it there, and its folder?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pending.fail(FAILED + "the server ends");
        }
    }

    /** The text goes through a file, so that a program that does not read cannot hold anybody up. */
    private static ProgramRun start(ProcessBuilder program, String text) throws IOException {
        Path input = Files.createTempFile("llmnet", null);
        try {
            Files.writeString(input, text);
            return new ProgramRun(program.redirectInput(input.toFile()).start());
        } finally {
            Files.delete(input);
        }
    }

    private Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "llmnet-shell-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
