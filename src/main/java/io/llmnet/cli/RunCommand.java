package io.llmnet.cli;

import io.llmnet.folder.PipelineFiles;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Outline;
import io.llmnet.secret.Redaction;
import io.llmnet.secret.SecretStore;
import io.llmnet.settings.Locations;
import io.llmnet.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code run FILE…}: serves pipelines. */
final class RunCommand implements Command {
    /** The variable that names the pipelines where nobody types them, as in a container. */
    static final String PIPELINES = "LLMNET_PIPELINES";

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;
    private final Server server;

    RunCommand(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        this.terminal = terminal;
        this.environment = environment;
        this.server = server;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("run")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("A pipeline in JSON or YAML, or a folder of them. Default: those that $"
                                + PIPELINES + " names, with commas between, else those of the settings file.")
                        .build())
                .addOption(Flag.port(
                        "Listen there; 0 takes a free one. Default: the file's bind-port, else "
                                + RunOptions.DEFAULT_PORT + ".",
                        "-p",
                        "--port"))
                .addOption(Flag.text(
                        "ADDRESS",
                        "Listen there; 0.0.0.0 is open to others. Default: the file's bind-addr, else "
                                + RunOptions.DEFAULT_HOST + ".",
                        "--bind-addr"))
                .addOption(Flag.text(
                        "FILE",
                        "The settings file ($" + Locations.VARIABLE
                                + "). Default: llmnet.yaml here, else in ~/.llmnet.",
                        "-c",
                        "--config"))
                .addOption(Flag.text("FILE", Inputs.ENV_FILE, "--env-file"))
                .addOption(Flag.yes("Show what would be served, and end.", "--dry-run"))
                .addOption(Flag.duration("The most that a whole request may take, such as 90s or 5m.", "--timeout"))
                .addOption(Flag.number(1, "Requests worked on at once.", "--max-concurrent"));
        spec.usageMessage().description("Serves pipelines as an OpenAI-compatible endpoint.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        boolean isDry = line.hasMatchedOption("--dry-run");
        Inputs inputs = new Inputs(terminal, environment, line.matchedOptionValue("--env-file", (String) null), !isDry);
        Settings settings = inputs.settings(line.matchedOptionValue("--config", (String) null));
        PipelineFiles pipelines = inputs.pipelines(files(line, settings), isDry, settings.timeouts());
        if (isDry) {
            Redaction redaction = inputs.secrets().redaction();
            pipelines
                    .byFile()
                    .forEach((file, graph) -> terminal.out().print(redaction.of(Outline.text(file.toString(), graph))));
            terminal.out().flush();
            return 0;
        }
        FetchCommand.fetchFor(pipelines.inPlace().values(), terminal, environment);
        return server.serve(options(pipelines, inputs.secrets(), line, settings), this::announce);
    }

    private List<String> files(ParseResult line, Settings settings) {
        List<String> typed = line.matchedPositionalValue(0, List.of());
        if (!typed.isEmpty()) {
            return typed;
        }
        String named = environment.apply(PIPELINES);
        if (named == null || named.isBlank()) {
            if (!settings.pipelines().isEmpty()) {
                return settings.pipelines().stream().map(Path::toString).toList();
            }
            throw new ParameterException(line.commandSpec().commandLine(), "Missing required parameter: 'FILE'");
        }
        return COMMA.splitAsStream(named.strip()).toList();
    }

    private static RunOptions options(
            PipelineFiles pipelines, SecretStore secrets, ParseResult line, Settings settings) {
        List<Listen> wishes =
                pipelines.inPlace().values().stream().map(Graph::listen).toList();
        return new RunOptions(
                pipelines,
                secrets,
                line.matchedOptionValue(
                        "--bind-addr",
                        first(settings.host(), wishes.stream().map(Listen::host), RunOptions.DEFAULT_HOST)),
                line.matchedOptionValue(
                        "--port", first(settings.port(), wishes.stream().map(Listen::port), RunOptions.DEFAULT_PORT)),
                line.matchedOptionValue("--timeout", null),
                line.matchedOptionValue("--max-concurrent", null),
                Flag.verbosity(line),
                settings.keys());
    }

    private static <T> T first(@Nullable T set, Stream<@Nullable T> wishes, T otherwise) {
        return Stream.concat(Stream.ofNullable(set), wishes)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }

    private void announce(URI root) {
        terminal.say("serving at " + root.resolve("/v1"));
    }
}
