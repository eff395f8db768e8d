package io.llmnet.runner.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that runs to its end for us, and never longer than we do.
 *
 * @param code its exit code
 * @param output all that it said
 */
public record Child(int code, String output) {
    /** Told again and again while the program runs. */
    @FunctionalInterface
    public interface Watch {
        void look();
    }

    private static final int LOOK_MILLIS = 200;

    /**
     * Runs it.
     *
     * @param log a file of its own for what it says
     * @throws IOException if it cannot be started
     */
    public static Child run(List<String> command, Map<String, String> environment, Path log, Watch watch)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread end = new Thread(process::destroyForcibly, "end-" + process.pid());
        Runtime.getRuntime().addShutdownHook(end);
        try {
            while (!process.waitFor(LOOK_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                watch.look();
            }
            return new Child(process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", stopped);
        } finally {
            process.destroyForcibly();
            forget(end);
        }
    }

    /** The last line that says something. */
    public String lastWords() {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line.strip());
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static void forget(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook has done its work
        }
    }
}
