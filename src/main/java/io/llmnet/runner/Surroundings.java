package io.llmnet.runner;

import io.llmnet.runner.fetch.Fetch;
import io.llmnet.runner.fetch.Hub;
import io.llmnet.runner.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The machine on which programs are started.
 *
 * @param folder the user's folder for what outlives a run, {@code ~/.llmnet}
 * @param environment its variables; null for one that is not set
 * @param self the command to which {@code node} and its flags are added, to start a node of our own
 * @param reserved ports that are not to be taken, for we shall listen there
 */
public record Surroundings(
        Path folder, UnaryOperator<@Nullable String> environment, List<String> self, Set<Integer> reserved) {
    private static final System.Logger LOGGER = System.getLogger(Surroundings.class.getPackageName());

    public Surroundings {
        self = List.copyOf(self);
        reserved = Set.copyOf(reserved);
    }

    Optional<String> program(String name) {
        return SearchPath.find(name, environment);
    }

    /** The file of a source, fetched where it is elsewhere. */
    Path file(String source, @Nullable String token) throws RunnerFailure, InterruptedException {
        if (!Hub.isRemote(source)) {
            Path file = local(source);
            if (!Files.isRegularFile(file)) {
                throw new RunnerFailure("there is no file " + file + "; correct \"source\"");
            }
            return file;
        }
        try {
            return new Fetch(
                            folder.resolve("cache"),
                            Hub.of(environment, token),
                            line -> LOGGER.log(System.Logger.Level.INFO, line))
                    .file(source);
        } catch (IOException failed) {
            throw new RunnerFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** A path as a shell understands it. */
    Path local(String source) {
        String home = environment.apply("HOME");
        boolean isHome = source.startsWith("~/") && home != null;
        return Path.of(isHome ? home + source.substring(1) : source)
                .toAbsolutePath()
                .normalize();
    }

    @Nullable
    String token(@Nullable String given) {
        return Hub.of(environment, given).token();
    }
}
