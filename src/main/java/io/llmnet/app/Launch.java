package io.llmnet.app;

import io.llmnet.cli.Cli;
import io.llmnet.cli.RunOptions;
import io.llmnet.cli.Running;
import io.llmnet.cli.Servers;
import io.llmnet.config.Problem;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.function.ShellPolicy;
import io.llmnet.http.Limits;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.quickstart.EmbeddingLibrary;
import io.llmnet.quickstart.Household;
import io.llmnet.runner.Surroundings;
import io.llmnet.runner.process.Self;
import io.llmnet.secret.SecretStore;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Settings;
import io.llmnet.settings.SettingsFile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line asks for, handed over to the beans that Quarkus makes: it makes them itself, so the hand-over is
 * static.
 */
public final class Launch implements QuarkusApplication {
    private static final Logger LOGGER = LoggerFactory.getLogger(Launch.class);

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private static final String SHELL = "llmnet.functions.shell.";
    private static final String PIPELINES = "llmnet.pipelines";
    private static final String SETTINGS = "llmnet.config";

    private static final int OWN_ROUTES = 500;
    /** For pipelines that nobody typed. */
    private static final SecretStore OWN_SECRETS = new SecretStore(System::getenv);

    private record Order(RunOptions options, Consumer<URI> listening) {}

    private static volatile @Nullable Order order;

    static void prepare(RunOptions options, Consumer<URI> listening) {
        order = new Order(options, listening);
    }

    /**
     * The pipelines to serve: those of the command line; where nobody typed one, as in a container, the files and folders
     * that {@code llmnet.pipelines} names.
     */
    static PipelineFiles pipelines() {
        Order given = order;
        return given == null ? configured() : given.options().pipelines();
    }

    private static PipelineFiles configured() {
        List<Path> places = ConfigProvider.getConfig()
                .getOptionalValues(PIPELINES, Path.class)
                .orElse(List.of());
        PipelineFiles files =
                new PipelineFiles(places, (file, text) -> Compositions.read(file, text, System::getenv, OWN_SECRETS));
        List<String> wrong = files.look().wrong();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return files;
    }

    /** The secrets that the pipelines were read with. */
    static SecretStore secrets() {
        Order given = order;
        return given == null ? OWN_SECRETS : given.options().secrets();
    }

    /** What the settings file says; without one, nobody is looked for unless the command line wishes it. */
    static Settings settings() {
        Order given = order;
        return given == null ? configuredSettings() : given.options().settings();
    }

    /** How backends are found, chosen and asked, by what a settings file says now and by the command line. */
    static GatewaySettings gateway(Settings now) {
        Order given = order;
        return given == null ? now.gateway() : given.options().flags().apply(now.gateway());
    }

    /** The settings file that may change while the server runs; null where there is none. */
    static @Nullable Path settingsFile() {
        Order given = order;
        return given == null
                ? ConfigProvider.getConfig()
                        .getOptionalValue(SETTINGS, Path.class)
                        .orElse(null)
                : given.options().settingsFile();
    }

    private static Settings configuredSettings() {
        Path file = settingsFile();
        if (file == null) {
            return Settings.NONE.withoutFinding();
        }
        try {
            SettingsFile.Read read = SettingsFile.read(file.toString(), Files.readString(file), System::getenv);
            if (!read.isRight()) {
                throw new IllegalArgumentException(
                        read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
            }
            return read.settings();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Who we are among the servers around. */
    static io.llmnet.discovery.Self self() {
        Config config = ConfigProvider.getConfig();
        return new io.llmnet.discovery.Self(
                UUID.randomUUID().toString(),
                Cli.VERSION,
                config.getOptionalValue("quarkus.http.host", String.class).orElse("127.0.0.1"),
                config.getOptionalValue("quarkus.http.port", Integer.class).orElse(0),
                config.getOptionalValue("quarkus.management.port", Integer.class).stream()
                        .collect(Collectors.toSet()));
    }

    /** Where the user's own profiles of model servers are, beside the settings file; null where there is no such file. */
    static @Nullable Path profiles() {
        Path file = settingsFile();
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        return folder == null ? null : folder.resolve("profiles");
    }

    /** Where this server keeps spending and demand, by its port; null for one that nobody could find again. */
    static @Nullable Path kept() {
        Order given = order;
        return given == null || given.options().port() == 0
                ? null
                : Household.of(System::getenv)
                        .folder()
                        .resolve("state")
                        .resolve(Integer.toString(given.options().port()));
    }

    /** Where the embedding library is, or would be: {@code llmnet.embedding}, else in the user's folder. */
    static Path embeddingLibrary() {
        return ConfigProvider.getConfig()
                .getOptionalValue("llmnet.embedding", Path.class)
                .orElseGet(() -> EmbeddingLibrary.folder(System::getenv));
    }

    /**
     * The most that a request may take, by flags, else by {@code llmnet.deadline}, {@code llmnet.max-concurrent},
     * {@code llmnet.max-body-size} and {@code llmnet.sign-of-life}.
     */
    static Limits limits() {
        Config config = ConfigProvider.getConfig();
        return new Limits(
                config.getOptionalValue("llmnet.max-body-size", MemorySize.class)
                        .map(size -> new Limits.ByteSize(size.asLongValue()))
                        .orElse(Limits.ByteSize.ofMebibytes(64)),
                deadline(),
                concurrent(),
                config.getOptionalValue("llmnet.sign-of-life", Duration.class).orElse(SIGN_OF_LIFE));
    }

    /** How many pipelines get Camel routes of their own; the others share. */
    static int ownRoutes() {
        return ConfigProvider.getConfig()
                .getOptionalValue("llmnet.camel.own-routes", Integer.class)
                .orElse(OWN_ROUTES);
    }

    /** The machine as programs are started on it. Our own port is not theirs, though we shall listen there only later. */
    static Surroundings surroundings() {
        Config config = ConfigProvider.getConfig();
        Set<Integer> ours = Stream.of("quarkus.http.port", "quarkus.management.port")
                .flatMap(port -> config.getOptionalValue(port, Integer.class).stream())
                .collect(Collectors.toSet());
        return new Surroundings(Household.of(System::getenv).folder(), System::getenv, Self.command(), ours);
    }

    /** Which programs hooks may start: {@code llmnet.functions.shell.enabled}, {@code .allow} and {@code .network}. */
    static ShellPolicy shellPolicy() {
        Config config = ConfigProvider.getConfig();
        ShellPolicy usual = ShellPolicy.USUAL;
        return new ShellPolicy(
                config.getOptionalValue(SHELL + "enabled", Boolean.class).orElse(usual.isEnabled()),
                Set.copyOf(
                        config.getOptionalValues(SHELL + "allow", String.class).orElse(List.of())),
                config.getOptionalValue(SHELL + "network", Boolean.class).orElse(usual.isOpenToNetwork()));
    }

    private static Duration deadline() {
        Order given = order;
        return given == null || given.options().timeout() == null
                ? ConfigProvider.getConfig()
                        .getOptionalValue("llmnet.deadline", Duration.class)
                        .orElse(DEADLINE)
                : Objects.requireNonNull(given.options().timeout());
    }

    /** How many requests may be worked on at once; as many as come where nobody has said. */
    private static int concurrent() {
        Order given = order;
        return given == null || given.options().maxConcurrent() == null
                ? ConfigProvider.getConfig()
                        .getOptionalValue("llmnet.max-concurrent", Integer.class)
                        .orElse(Integer.MAX_VALUE)
                : Objects.requireNonNull(given.options().maxConcurrent());
    }

    @Override
    public int run(String... arguments) {
        Order given = Objects.requireNonNull(order, "started without an order");
        String port = ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
        URI root = root(given.options().host(), port);
        AutoCloseable announced = announce(given.options(), root);
        try {
            given.listening().accept(root);
            Quarkus.waitForExit();
            return 0;
        } finally {
            withdraw(announced);
        }
    }

    /** Where this machine reaches who listens there. */
    static URI root(String host, String port) {
        String reached = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
        return URI.create("http://" + reached + ":" + port);
    }

    /** Lets commands find this server; it serves as well where it cannot be found. */
    private static AutoCloseable announce(RunOptions options, URI root) {
        String port = ConfigProvider.getConfig().getValue("quarkus.management.port", String.class);
        try {
            return new Servers(Household.of(System::getenv))
                    .announce(new Running(
                            ProcessHandle.current().pid(),
                            root,
                            URI.create("http://127.0.0.1:" + port),
                            options.pipelines().inPlace().values().stream()
                                    .map(Graph::name)
                                    .toList()));
        } catch (IOException e) {
            LOGGER.info(
                    "commands must be told where this server is, for its folder cannot be written: {}", e.toString());
            return () -> {};
        }
    }

    private static void withdraw(AutoCloseable announced) {
        try {
            announced.close();
        } catch (Exception e) {
            LOGGER.info("this server's file is left behind: {}", e.toString());
        }
    }
}
