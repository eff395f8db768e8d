package io.llmnet.cli;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that a command is given: pipelines, and the environment that they name. */
final class Inputs {
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    /** Reads with the environment given, in which the values of {@code envFile}, if there is one, come first. */
    Inputs(Terminal terminal, UnaryOperator<@Nullable String> environment, @Nullable String envFile) {
        this.terminal = terminal;
        if (envFile == null) {
            this.environment = environment;
        } else {
            Map<String, String> values = values(envFile);
            this.environment = name -> values.containsKey(name) ? values.get(name) : environment.apply(name);
        }
    }

    /** What came of reading one pipeline file. */
    Reading reading(String file) {
        return Compositions.read(file, text(file), environment);
    }

    /**
     * The pipelines by their files, folders standing for the pipeline files in them; warnings are told.
     *
     * @throws CommandException with all that is wrong in all files
     */
    Map<String, Graph> pipelines(List<String> files) {
        Map<String, Graph> pipelines = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (String file : files.stream().flatMap(Inputs::opened).toList()) {
            Reading reading = reading(file);
            reading.problems().forEach(problem -> sort(problem, wrong));
            reading.graph().ifPresent(graph -> {
                pipelines.put(file, graph);
                if (!names.add(graph.name())) {
                    wrong.add(file + ": another file has the pipeline " + graph.name()
                            + " already; rename one of the two");
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw new CommandException(String.join("\n", wrong));
        }
        return pipelines;
    }

    private void sort(Problem problem, List<String> wrong) {
        if (problem.isError()) {
            wrong.add(problem.toString());
        } else {
            terminal.say("warning: " + problem);
        }
    }

    private static Stream<String> opened(String file) {
        if (!Files.isDirectory(Path.of(file))) {
            return Stream.of(file);
        }
        try (Stream<Path> inside = Files.list(Path.of(file))) {
            List<String> found = inside.map(Path::toString)
                    .filter(Inputs::isPipeline)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new CommandException(file + " has no .json, .jsonc, .yaml or .yml file in it");
            }
            return found.stream();
        } catch (IOException unreadable) {
            throw new CommandException("cannot list " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Whether a file is a pipeline by its name. */
    static boolean isPipeline(String file) {
        return file.matches("(?i).+\\.(json|jsonc|ya?ml)");
    }

    /** Whether a word typed must mean a file, for it is one or has the name of one. */
    static boolean isPipelineOrThere(String word) {
        return !word.startsWith("-") && (isPipeline(word) || Files.exists(Path.of(word)));
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
