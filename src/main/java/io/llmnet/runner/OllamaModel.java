package io.llmnet.runner;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Runner;
import io.llmnet.runner.fetch.Hub;
import io.llmnet.runner.process.Guarded;
import io.llmnet.runner.process.Probe;
import io.llmnet.runner.process.ProgramLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sees that an Ollama has a model: pulls it where it is missing, or makes it of a file and parameters. */
final class OllamaModel implements Watched, Runnable {
    private static final System.Logger LOGGER = System.getLogger(OllamaModel.class.getPackageName());
    /** The largest models on slow lines. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Model model;
    private final Runner runner;
    private final String source;
    private final Supervisor server;
    private final Surroundings surroundings;
    private final ProgramLog log;
    private final Standing standing = new Standing();
    private final Thread thread;

    OllamaModel(
            Model model, Runner runner, String source, Supervisor server, Surroundings surroundings, ProgramLog log) {
        this.model = model;
        this.runner = runner;
        this.source = source;
        this.server = server;
        this.surroundings = surroundings;
        this.log = log;
        this.thread = new Thread(this, "runner-" + model.name());
        this.thread.setDaemon(true);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void tellToStop() {
        thread.interrupt();
    }

    @Override
    public void awaitStopped() {
        try {
            thread.join(GRACE.plusSeconds(5).toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            if (!server.standing().awaitReady()) {
                giveUp("its Ollama does not run");
                return;
            }
            prepare();
            LOGGER.log(INFO, "model {0}: ready as {1} at {2}", model.name(), model.id(), model.url());
            standing.become(Standing.State.READY);
        } catch (RunnerFailure failed) {
            giveUp(failed.text());
        } catch (IOException failed) {
            giveUp(String.valueOf(failed.getMessage()));
        } catch (InterruptedException told) {
            // then nobody wants it
        } finally {
            log.close();
        }
    }

    private void giveUp(String why) {
        LOGGER.log(ERROR, "model {0}: given up: {1}", model.name(), why);
        standing.become(Standing.State.GIVEN_UP);
    }

    private void prepare() throws RunnerFailure, IOException, InterruptedException {
        if (!model.id().equals(source)) {
            make();
        } else if (!isThere()) {
            LOGGER.log(INFO, "model {0}: pulling {1}", model.name(), source);
            command("pull", source);
        }
    }

    private void make() throws RunnerFailure, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("llmnet-");
        Path file = folder.resolve("Modelfile");
        try {
            Files.writeString(file, modelfile());
            command("create", model.id(), "-f", file.toString());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private String modelfile() throws RunnerFailure, IOException, InterruptedException {
        boolean isFile = Hub.isRemote(source) || source.matches("(?i)[.~/].*|.*\\.(gguf|modelfile)");
        if (!isFile) {
            return Modelfile.from(source).with(runner.parameters()).text();
        }
        Path file = surroundings.file(source, runner.token());
        boolean isModelfile = source.toLowerCase(Locale.ROOT).endsWith(".modelfile");
        Modelfile base = isModelfile
                ? Modelfile.read(Files.readString(file), file.getParent())
                : Modelfile.from(file.toString());
        return base.with(runner.parameters()).text();
    }

    /** Names without a tag mean the latest. */
    private boolean isThere() throws IOException {
        String tagged = source.contains(":") ? source : source + ":latest";
        URI tags = model.url().resolve("/api/tags");
        return Pattern.compile("\"(name|model)\"\\s*:\\s*\"" + Pattern.quote(tagged) + "\"")
                .matcher(Probe.text(tags))
                .find();
    }

    private void command(String... words) throws RunnerFailure, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Ollama.program(surroundings)));
        command.addAll(List.of(words));
        log.begin();
        Guarded program = Guarded.start(command, Ollama.environment(model.url()), GRACE, log);
        try {
            if (!program.awaitEnd(LONGEST)) {
                throw new RunnerFailure("ollama " + words[0] + " took longer than " + LONGEST.toHours() + " hours");
            }
            if (program.code() != 0) {
                throw new RunnerFailure("ollama " + words[0] + " ended with code " + program.code() + "; the end of "
                        + log.file() + ":\n" + log.lastWords());
            }
        } finally {
            boolean wasTold = Thread.interrupted();
            program.stop();
            if (wasTold) {
                thread.interrupt();
            }
        }
    }
}
