package io.llmnet.cli;

import io.llmnet.backend.Timeouts;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.quickstart.EmbeddingLibrary;
import io.llmnet.quickstart.Household;
import io.llmnet.quickstart.NodeProcess;
import io.llmnet.quickstart.SmallModel;
import io.llmnet.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code quickstart}: fetches a small model and the embedding library, starts a node on the model and serves the first
 * example over both.
 */
final class QuickstartCommand implements Command {
    /** The variable by which the example names the node. */
    private static final String NODE = "LLMNET_NODE";

    private static final String EXAMPLE = "examples/quickstart.yaml";

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;
    private final Server server;

    QuickstartCommand(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        this.terminal = terminal;
        this.environment = environment;
        this.server = server;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("quickstart")
                .addOption(Flag.text("FILE", "Use this GGUF model and fetch none.", "--model"))
                .addOption(Flag.port("Listen there. Default: " + RunOptions.DEFAULT_PORT + ".", "-p", "--port"))
                .addOption(Flag.yes("Fetch what is needed, say where the model is, and end.", "--fetch-only"));
        spec.usageMessage()
                .description(
                        "Fetches a small model (92 MB) and an embedding model to choose by (130 MB, 48 MB kept), and serves "
                                + EXAMPLE + " with them: a pipeline of real models.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        try {
            Household household = Household.of(environment);
            Path model = model(household, line.matchedOptionValue("--model", null));
            embedding();
            if (line.hasMatchedOption("--fetch-only")) {
                terminal.out().println(model);
                return 0;
            }
            return serve(model, household, line);
        } catch (IOException failed) {
            throw new CommandException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private Path model(Household household, @Nullable String named) throws IOException {
        if (named == null) {
            return new SmallModel(household.models(), terminal::say).fetch();
        }
        if (!Files.isRegularFile(Path.of(named))) {
            throw new CommandException("no such model file: " + named);
        }
        return Path.of(named).toAbsolutePath();
    }

    private void embedding() {
        if (EmbeddingLibrary.isOfUse()) {
            FetchCommand.fetch(terminal, environment);
        } else {
            terminal.say("a native program cannot compare by itself: the router takes the first expert");
        }
    }

    private int serve(Path model, Household household, ParseResult line) throws IOException {
        NodeProcess.prepare(terminal::say);
        terminal.say("starting an inference node on " + model.getFileName());
        try (NodeProcess node = NodeProcess.start(model, household.logs().resolve("quickstart-node.log"))) {
            node.awaitHealthy();
            node.serve(() -> bereave(node));
            Inputs inputs = inputs(node.root());
            RunOptions options = new RunOptions(
                    example(inputs),
                    inputs.secrets(),
                    RunOptions.DEFAULT_HOST,
                    line.matchedOptionValue("--port", RunOptions.DEFAULT_PORT),
                    null,
                    null,
                    Flag.verbosity(line),
                    Settings.NONE.withoutFinding(),
                    null,
                    UnaryOperator.identity(),
                    Map.of());
            return server.serve(options, this::welcome);
        }
    }

    private Inputs inputs(URI node) {
        UnaryOperator<@Nullable String> withNode =
                name -> name.equals(NODE) ? node.toString() : environment.apply(name);
        return new Inputs(terminal, withNode, null, true);
    }

    private static PipelineFiles example(Inputs inputs) {
        Path file = Path.of(System.getProperty("llmnet.home", "")).resolve(EXAMPLE);
        return inputs.pipelines(List.of(file.toString()), true, Timeouts.DEFAULT);
    }

    private void bereave(NodeProcess node) {
        node.obituary().lines().forEach(terminal::say);
        server.stop(1);
    }

    private void welcome(URI root) {
        terminal.out().print("""

                LLMNet serves %2$s at %1$s/v1
                One question passes a router, an expert and a refiner. Ask it:

                  curl -s %1$s/v1/chat/completions -H 'Content-Type: application/json' \\
                    -d '{"model": "quickstart", "messages": [{"role": "user", "content": "What is the capital of France?"}]}'

                Ctrl-C ends it.
                """.formatted(root.toString().replaceAll("/$", ""), EXAMPLE));
        terminal.out().flush();
    }
}
