package io.llmnet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program as it was packaged, ready to be started: the native one where it was built, else the jar on the Java that
 * runs the tests, with a small heap.
 */
final class Program {
    private static final Path NATIVE = Path.of(System.getProperty("native.image.path", "target/none"));
    private static final int LONGEST_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> javaOptions;

    private Program(Path folder, Map<String, String> environment, List<String> javaOptions) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.javaOptions = List.copyOf(javaOptions);
    }

    /** To be started in this folder, in which it also writes what it prints. */
    static Program in(Path folder) {
        return new Program(folder, Map.of(), List.of());
    }

    Program with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Program(folder, more, javaOptions);
    }

    Program withJava(String... options) {
        return new Program(folder, environment, List.of(options));
    }

    static boolean isNative() {
        return Files.isExecutable(NATIVE);
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {}

    /** Runs a command to its end. */
    Ended run(String... arguments) {
        Running running = start(arguments);
        int code = running.code();
        return new Ended(code, running.out(), running.err());
    }

    /** Starts a command and does not wait for it. */
    Running start(String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "out-", ".txt");
            Path err = Files.createTempFile(folder, "err-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.add(NATIVE.toAbsolutePath().toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.add("-Dllmnet.home=" + Path.of("").toAbsolutePath());
            command.addAll(javaOptions);
            command.addAll(List.of(
                    "-jar",
                    Path.of("target/quarkus-app/quarkus-run.jar")
                            .toAbsolutePath()
                            .toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** A started command; closed, it is killed where it still runs. */
    record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {
        String out() {
            return text(outFile);
        }

        String err() {
            return text(errFile);
        }

        /** The exit code, waited for. */
        int code() {
            try {
                if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    return process.exitValue();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
            throw new AssertionError("does not end; it said:\n" + out() + err());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
