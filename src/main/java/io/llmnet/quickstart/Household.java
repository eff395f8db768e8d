package io.llmnet.quickstart;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The user's folder, in which LLMNet keeps what outlives a run.
 *
 * @param folder {@code ~/.llmnet}, or what {@code LLMNET_HOME} names; need not be there yet. {@code ~} is {@code HOME}, as
 *     for a shell; Java's own idea of it only where that is not set
 */
public record Household(Path folder) {
    /** The one of the user whose environment it is. */
    public static Household of(UnaryOperator<@Nullable String> environment) {
        return new Household(named(environment, "LLMNET_HOME")
                .orElseGet(() -> named(environment, "HOME")
                        .orElseGet(() -> Path.of(System.getProperty("user.home")))
                        .resolve(".llmnet")));
    }

    private static Optional<Path> named(UnaryOperator<@Nullable String> environment, String variable) {
        return Optional.ofNullable(environment.apply(variable))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).toAbsolutePath());
    }

    /** Where model files are kept. */
    public Path models() {
        return folder.resolve("models");
    }

    /** Where the processes that we start write what they tell. */
    public Path logs() {
        return folder.resolve("logs");
    }
}
