package io.llmnet.cli;

import io.llmnet.pipeline.Graph;
import io.llmnet.quickstart.EmbeddingLibrary;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fetch embedding}: fetches beforehand what {@code run} would fetch when a pipeline needs it. */
final class FetchCommand implements Command {
    private static final String EMBEDDING = "embedding";

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    FetchCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("fetch")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("WHAT")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .completionCandidates(List.of(EMBEDDING))
                        .description("embedding: the library of the embedding model that runs in this program (130 MB"
                                + " to fetch, 48 MB kept), to ~/.llmnet/embedding or where $LLMNET_EMBEDDING says.")
                        .build());
        spec.usageMessage().description("Fetches what pipelines may need, and says where it is.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String what = line.matchedPositionalValue(0, "");
        if (!what.equals(EMBEDDING)) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "cannot fetch '" + what + "'; say " + EMBEDDING);
        }
        fetch(terminal, environment);
        terminal.out().println(EmbeddingLibrary.folder(environment));
        return 0;
    }

    /** Sees that the embedding library is there, if one of these pipelines needs it. */
    static void fetchFor(Collection<Graph> pipelines, Terminal terminal, UnaryOperator<@Nullable String> environment) {
        if (pipelines.stream().anyMatch(Graph::comparesHere)) {
            fetch(terminal, environment);
        }
    }

    /** Sees that the embedding library is there. */
    static void fetch(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        try {
            new EmbeddingLibrary(EmbeddingLibrary.folder(environment), terminal::say).fetch();
        } catch (IOException failed) {
            throw new CommandException(String.valueOf(failed.getMessage()), failed);
        }
    }
}
