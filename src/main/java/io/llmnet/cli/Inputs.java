package io.llmnet.cli;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.EnvFile;
import io.llmnet.config.Problem;
import io.llmnet.folder.Change;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.pipeline.file.Secrets;
import io.llmnet.quickstart.Household;
import io.llmnet.secret.SecretStore;
import io.llmnet.settings.Locations;
import io.llmnet.settings.Settings;
import io.llmnet.settings.SettingsFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files that a command is given: pipelines, and the environment that they name. */
final class Inputs {
    /** What {@code --env-file} is for, in the help. */
    static final String ENV_FILE = "NAME=value lines; they come before the process's own variables.";

    private static final String EXAMPLE = """
            ; write into llmnet.yaml, for example
              tasks:
                rerank_candidates: {strategy: voting, models: [qwen3, llama3.1, phi4]}
            or have an llm-pool.toml written to start from: llmnet config init --llm-pool""";

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;
    private final SecretStore store;
    private final Secrets secrets;
    private @Nullable Path settingsFile;

    /**
     * Reads with the environment given, in which the values of {@code envFile}, if there is one, come first.
     *
     * @param serve whether the pipelines are to be served, and need their secrets
     */
    Inputs(Terminal terminal, UnaryOperator<@Nullable String> environment, @Nullable String envFile, boolean serve) {
        this.terminal = terminal;
        if (envFile == null) {
            this.environment = environment;
        } else {
            Map<String, String> values = values(envFile);
            this.environment = name -> values.containsKey(name) ? values.get(name) : environment.apply(name);
        }
        this.store = new SecretStore(this.environment);
        this.secrets = serve ? store : store.trial();
    }

    /** What came of reading one pipeline file. */
    Reading reading(String file) {
        return Compositions.read(file, text(file), environment, secrets);
    }

    /** The secrets that the pipelines were read with. */
    SecretStore secrets() {
        return store;
    }

    /** Whether a file holds settings, and no pipeline. */
    boolean isSettings(String file) {
        return SettingsFile.isOne(file, text(file));
    }

    /** What came of reading one settings file. */
    SettingsFile.Read settingsRead(String file) {
        return SettingsFile.read(file, text(file), environment);
    }

    /**
     * The settings; warnings are told.
     *
     * @param named the file that a flag names; null where there is none
     * @param isGateway whether a {@code nexus.toml} that lies about will do
     * @throws CommandException with all that is wrong
     */
    Settings settings(@Nullable String named, boolean isGateway) {
        return Locations.find(named, environment, Household.of(environment).folder())
                .filter(found -> isGateway || !found.equals(Locations.NEXUS_HERE))
                .map(this::settings)
                .orElse(Settings.NONE);
    }

    /**
     * The settings of who wants tasks served; warnings are told.
     *
     * @param named the file that a flag names; null where there is none
     * @throws CommandException with all that is wrong; also where there is no file, or one without tasks
     */
    Settings poolSettings(@Nullable String named) {
        Path file = Locations.findPool(
                        named, environment, Household.of(environment).folder())
                .orElseThrow(() -> new CommandException("here is no llm-pool.toml and no llmnet.yaml" + EXAMPLE));
        Settings settings = settings(file);
        if (!settings.gateway().pool().hasTasks()) {
            throw new CommandException(file + " names no tasks" + EXAMPLE);
        }
        return settings;
    }

    private Settings settings(Path file) {
        settingsFile = file;
        SettingsFile.Read read = settingsRead(file.toString());
        read.problems().stream()
                .filter(problem -> !problem.isError())
                .forEach(problem -> terminal.say("warning: " + problem));
        if (!read.isRight()) {
            throw new CommandException(read.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n")));
        }
        return read.settings();
    }

    /** The settings file that was read; null where there is none. */
    @Nullable
    Path settingsFile() {
        return settingsFile;
    }

    /**
     * The pipelines in files and folders, read; warnings are told. What is wrong in a folder is told too, and left out; it
     * may be mended while all else is served.
     *
     * @param isStrict whether nothing wrong is left out
     * @param usual how patient to be with a model's server where the file does not say
     * @throws CommandException with all that is wrong, where that is not left out
     */
    PipelineFiles pipelines(List<String> named, boolean isStrict, Timeouts usual) {
        List<Path> places = named.stream().map(Path::of).toList();
        places.stream().filter(place -> !Files.exists(place)).findFirst().ifPresent(missing -> {
            throw new CommandException("no such file: " + missing);
        });
        PipelineFiles files =
                new PipelineFiles(places, (file, text) -> Compositions.read(file, text, environment, secrets, usual));
        Change first = files.look();
        first.warnings().forEach(warning -> terminal.say("warning: " + warning));
        if (!first.wrong().isEmpty() && (isStrict || places.stream().noneMatch(Files::isDirectory))) {
            throw new CommandException(String.join("\n", first.wrong()));
        }
        first.wrong().forEach(terminal::say);
        if (files.inPlace().isEmpty() && !named.isEmpty()) {
            terminal.say(
                    "there is no pipeline in " + String.join(", ", named) + " yet; put a .json or .yaml file there");
        }
        return files;
    }

    /** Whether a word typed must mean a file, for it is one or has the name of one. */
    static boolean isPipelineOrThere(String word) {
        return !word.startsWith("-") && (PipelineFiles.isPipeline(Path.of(word)) || Files.exists(Path.of(word)));
    }

    private static Map<String, String> values(String file) {
        EnvFile read = EnvFile.read(file, text(file));
        if (!read.problems().isEmpty()) {
            throw new CommandException(
                    read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return read.values();
    }

    private static String text(String file) {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            throw new CommandException("no such file: " + file);
        }
        if (Files.isDirectory(path)) {
            throw new CommandException(file + " is a folder; name a file in it");
        }
        try {
            return Files.readString(path);
        } catch (CharacterCodingException notText) {
            throw new CommandException(file + " is not UTF-8 text", notText);
        } catch (IOException unreadable) {
            throw new CommandException("cannot read " + file + ": it may not be readable for you", unreadable);
        }
    }
}
