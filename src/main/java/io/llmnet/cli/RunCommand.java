package io.llmnet.cli;

import io.llmnet.folder.PipelineFiles;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Outline;
import io.llmnet.secret.Redaction;
import io.llmnet.secret.SecretStore;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Locations;
import io.llmnet.settings.PoolSettings;
import io.llmnet.settings.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code run FILE…}: serves pipelines; {@code serve}, which serves the model servers around it, and pipelines where there
 * are any; and {@code pool}, which serves tasks beside.
 */
final class RunCommand implements Command {
    /** The variable that names the pipelines where nobody types them, as in a container. */
    static final String PIPELINES = "LLMNET_PIPELINES";

    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final Mode mode;
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;
    private final Server server;

    /** What is served. */
    private enum Mode {
        RUN("Serves pipelines as an OpenAI-compatible endpoint."),
        SERVE(
                "Finds the model servers around, and serves them all as one OpenAI-compatible endpoint, beside pipelines."),
        POOL("Serves tasks that models do together, over HTTP and gRPC as LLM Pool does, beside what serve serves.");

        private final String description;

        Mode(String description) {
            this.description = description;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RunCommand(Mode mode, Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        this.mode = mode;
        this.terminal = terminal;
        this.environment = environment;
        this.server = server;
    }

    /** The one that serves pipelines. */
    static RunCommand run(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        return new RunCommand(Mode.RUN, terminal, environment, server);
    }

    /** The one that serves the servers around. */
    static RunCommand serve(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        return new RunCommand(Mode.SERVE, terminal, environment, server);
    }

    /** The one that serves tasks, too. */
    static RunCommand pool(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server) {
        return new RunCommand(Mode.POOL, terminal, environment, server);
    }

    private boolean isGateway() {
        return mode != Mode.RUN;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name(mode.word())
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
                        isGateway() ? new String[] {"--bind-addr", "-H", "--host"} : new String[] {"--bind-addr"}))
                .addOption(Flag.text("FILE", settingsHelp(), "-c", "--config"))
                .addOption(Flag.text("FILE", Inputs.ENV_FILE, "--env-file"))
                .addOption(Flag.yes("Show what would be served, and end.", "--dry-run"))
                .addOption(Flag.duration("The most that a whole request may take, such as 90s or 5m.", "--timeout"))
                .addOption(Flag.number(1, "Requests worked on at once.", "--max-concurrent"));
        if (mode == Mode.POOL) {
            PoolDoors.addTo(spec);
        }
        if (isGateway()) {
            spec.addOption(Flag.text(
                            "LEVEL", "How much is logged: trace, debug, info, warn, error.", "-l", "--log-level"))
                    .addOption(
                            Flag.yes("Look for no servers; ask those alone that the settings list.", "--no-discovery"))
                    .addOption(Flag.yes("Probe no server that is known.", "--no-health-check"));
        }
        spec.usageMessage().description(mode.description);
        return spec;
    }

    private String settingsHelp() {
        String usual = "llmnet.yaml or nexus.toml here, else llmnet.yaml in ~/.llmnet.";
        return mode == Mode.POOL
                ? "The settings file ($" + Locations.LLM_POOL_VARIABLE + "). Default: llm-pool.toml here, else $"
                        + Locations.VARIABLE + ", " + usual
                : "The settings file ($" + Locations.VARIABLE + "). Default: " + usual;
    }

    @Override
    public int run(ParseResult line) {
        boolean isDry = line.hasMatchedOption("--dry-run");
        Inputs inputs = new Inputs(terminal, environment, line.matchedOptionValue("--env-file", (String) null), !isDry);
        String named = line.matchedOptionValue("--config", (String) null);
        Settings settings = mode == Mode.POOL ? inputs.poolSettings(named) : inputs.settings(named, isGateway());
        List<String> files = files(line, settings);
        PipelineFiles pipelines = inputs.pipelines(files, isDry, settings.timeouts());
        if (isDry) {
            Redaction redaction = inputs.secrets().redaction();
            pipelines
                    .byFile()
                    .forEach((file, graph) -> terminal.out().print(redaction.of(Outline.text(file.toString(), graph))));
            terminal.out().flush();
            return 0;
        }
        boolean isOfFiles = line.hasMatchedPositional(0);
        if (gateway(line, settings.gateway(), isOfFiles).comparesHere()) {
            FetchCommand.fetch(terminal, environment);
        }
        FetchCommand.fetchFor(pipelines.inPlace().values(), terminal, environment);
        RunOptions options = options(
                pipelines,
                inputs.secrets(),
                line,
                settings,
                inputs.settingsFile(),
                said -> gateway(line, said, isOfFiles));
        return server.serve(options, root -> announce(root, options));
    }

    private List<String> files(ParseResult line, Settings settings) {
        List<String> typed = line.matchedPositionalValue(0, List.of());
        if (!typed.isEmpty()) {
            return typed;
        }
        String named = environment.apply(PIPELINES);
        if (named == null || named.isBlank()) {
            if (isGateway() || !settings.pipelines().isEmpty()) {
                return settings.pipelines().stream().map(Path::toString).toList();
            }
            throw new ParameterException(line.commandSpec().commandLine(), "Missing required parameter: 'FILE'");
        }
        return COMMA.splitAsStream(named.strip()).toList();
    }

    /**
     * Who serves the pipelines that were typed looks for no other servers, unless the settings say so; and tasks are served
     * where more than pipelines are.
     */
    private GatewaySettings gateway(ParseResult line, GatewaySettings said, boolean isOfFiles) {
        GatewaySettings.Discovery discovery = said.discovery();
        boolean looks = (isGateway() && !isOfFiles) || discovery.isWritten();
        if (!looks || (isGateway() && line.hasMatchedOption("--no-discovery"))) {
            discovery = discovery.withoutFinding();
        }
        if (isGateway() && line.hasMatchedOption("--no-health-check")) {
            discovery = discovery.withoutChecks();
        }
        GatewaySettings settings = said.with(discovery);
        return switch (mode) {
            case RUN -> PoolDoors.close(settings);
            case SERVE -> settings;
            case POOL -> PoolDoors.open(line, settings);
        };
    }

    private RunOptions options(
            PipelineFiles pipelines,
            SecretStore secrets,
            ParseResult line,
            Settings settings,
            @Nullable Path settingsFile,
            UnaryOperator<GatewaySettings> flags) {
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
                settings,
                settingsFile,
                flags,
                keys(line, settings));
    }

    private Map<String, String> keys(ParseResult line, Settings settings) {
        String level = isGateway() ? line.matchedOptionValue("--log-level", (String) null) : null;
        if (level == null) {
            return settings.keys();
        }
        if (!LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
            throw new ParameterException(
                    line.commandSpec().commandLine(),
                    "'" + level + "' is no level; there are " + String.join(", ", LEVELS));
        }
        Map<String, String> keys = new HashMap<>(settings.keys());
        keys.put("quarkus.log.level", level.toUpperCase(Locale.ROOT));
        return keys;
    }

    private static <T> T first(@Nullable T set, Stream<@Nullable T> wishes, T otherwise) {
        return Stream.concat(Stream.ofNullable(set), wishes)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }

    private void announce(URI root, RunOptions options) {
        boolean looks = options.gateway().discovery().machine();
        terminal.say("serving at " + root.resolve("/v1") + (looks ? ", and looking for model servers" : ""));
        PoolSettings pool = options.gateway().pool();
        PoolDoors.words(pool).forEach(terminal::say);
        if (isOpen(options.host()) || PoolDoors.hosts(pool).stream().anyMatch(RunCommand::isOpen)) {
            terminal.say("open to other machines: nobody is asked for a password");
        }
    }

    private static boolean isOpen(String host) {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
