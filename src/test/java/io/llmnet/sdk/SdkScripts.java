package io.llmnet.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The scripts under {@code src/test/sdk}, run with the official clients of OpenAI and gRPC, which are installed under
 * {@code target/sdk} on first use. Where they cannot be installed, the test that asks is skipped and says why.
 */
public final class SdkScripts {
    private static final Path SOURCES = Path.of("src/test/sdk");
    private static final int INSTALL_SECONDS = 300;
    private static final int RUN_SECONDS = 300;

    private final Path folder;
    private final List<String> install;
    private final List<String> run;
    private final Map<String, String> environment;

    private SdkScripts(String name, List<String> install, List<String> run, Map<String, String> environment) {
        this.folder = Path.of("target", "sdk", name).toAbsolutePath();
        this.install = install;
        this.run = run;
        this.environment = environment;
    }

    /**
     * How a script ended.
     *
     * @param code 0 when all checks passed
     * @param output a line for each check
     */
    public record Outcome(int code, String output) {}

    /** OpenAI's client for Python. */
    public static SdkScripts python() {
        return python("python");
    }

    /** The client of gRPC for Python. */
    public static SdkScripts grpc() {
        return python("grpc");
    }

    /** Put in a folder and not in a virtual environment, which a bare Debian cannot make. */
    private static SdkScripts python(String name) {
        return new SdkScripts(
                name,
                List.of(
                        "python3",
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--retries=1",
                        "--target=.",
                        "--requirement=requirements.txt"),
                List.of("python3", "check.py"),
                Map.of("PYTHONPATH", ".", "PYTHONDONTWRITEBYTECODE", "1"));
    }

    /** OpenAI's client for Node. */
    public static SdkScripts node() {
        return new SdkScripts(
                "node",
                List.of("npm", "ci", "--no-fund", "--no-audit", "--fetch-retries=1"),
                List.of("node", "check.mjs"),
                Map.of());
    }

    /**
     * Runs the script against a server.
     *
     * @param root the endpoint, with {@code /v1}
     * @param model a pipeline that it serves, one of several
     * @param callsTools whether the model behind it calls the first tool that it is offered
     */
    public Outcome check(URI root, String model, boolean callsTools) throws IOException, InterruptedException {
        return check(Map.of("BASE_URL", root.toString(), "MODEL", model, "TOOLS", callsTools ? "yes" : "no"));
    }

    /**
     * Runs the script.
     *
     * @param told variables of its environment, by which it knows what to check
     */
    public Outcome check(Map<String, String> told) throws IOException, InterruptedException {
        installOnce();
        Path log = Files.createTempFile(folder, "run", ".log");
        ProcessBuilder script = command(run, log);
        script.environment().putAll(environment);
        script.environment().putAll(told);
        return outcome(script, log, RUN_SECONDS);
    }

    private void installOnce() throws IOException, InterruptedException {
        synchronized (SdkScripts.class) {
            boolean changed = copySources();
            Path done = folder.resolve(".installed");
            if (!changed && Files.exists(done)) {
                return;
            }
            Files.deleteIfExists(done);
            Path log = folder.resolve("install.log");
            Outcome outcome;
            try {
                outcome = outcome(command(install, log), log, INSTALL_SECONDS);
            } catch (IOException noProgram) {
                outcome = new Outcome(1, install.get(0) + " is not installed");
            }
            if (outcome.code() != 0) {
                String reason = "SKIPPED: the client could not be installed: " + outcome.output();
                System.out.println(reason);
                Assumptions.abort(reason);
            }
            Files.createFile(done);
        }
    }

    /** Whether what must be installed is not what it was. */
    private boolean copySources() throws IOException {
        Files.createDirectories(folder);
        boolean changed = false;
        try (var files = Files.list(SOURCES.resolve(folder.getFileName()))) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(source.getFileName());
                boolean same = Files.exists(copy) && Files.mismatch(source, copy) < 0;
                changed |= !same && !source.getFileName().toString().startsWith("check.");
                Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return changed;
    }

    private ProcessBuilder command(List<String> words, Path log) {
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
    }

    private static Outcome outcome(ProcessBuilder builder, Path log, int seconds)
            throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                return new Outcome(1, "not done after " + seconds + " s: " + Files.readString(log, UTF_8));
            }
            return new Outcome(process.exitValue(), Files.readString(log, UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
