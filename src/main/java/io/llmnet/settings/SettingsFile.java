package io.llmnet.settings;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Document;
import io.llmnet.config.Problem;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the settings file: {@code llmnet.yaml}, {@code nexus.toml} or {@code llm-pool.toml}. */
public final class SettingsFile {
    private static final Set<String> OF_PIPELINES = Set.of("architecture", "kind", "apiVersion", "spec");

    /** Tables that nexus.toml does not have. */
    private static final Set<String> OF_LLM_POOL =
            Set.of("providers", "qos", "ensemble", "consensus", "breaker", "cache", "judge", "tenancy");

    private final String file;
    private final Section top;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, String> keys = new TreeMap<>();

    private SettingsFile(String file, Section top, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        this.top = top;
        this.environment = environment;
    }

    /**
     * What came of reading one.
     *
     * @param settings what it says; of no use when a problem is an error
     * @param problems all that is wrong, in the order of their places
     */
    public record Read(Settings settings, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }

        /** Whether it can be used. */
        public boolean isRight() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    /**
     * Understands one. Whatever the text, no exception comes of it.
     *
     * @param file its name; pipelines are seen from its folder
     * @param environment finds what {@code $NAME} stands for, null when it is not set
     */
    public static Read read(String file, String text, UnaryOperator<@Nullable String> environment) {
        if (!Document.isToml(file) && !text.isBlank() && text.lines().allMatch(SettingsFile::isSilent)) {
            return new Read(Settings.NONE, List.of());
        }
        Problems problems = new Problems();
        Section top = Document.read(file, text, problems)
                .map(document -> Section.top(document, problems, environment))
                .orElse(null);
        return new Read(top == null ? Settings.NONE : settings(file, top, environment), problems.inOrder());
    }

    private static Settings settings(String file, Section top, UnaryOperator<@Nullable String> environment) {
        return switch (Kind.of(file, top)) {
            case LLMNET -> new SettingsFile(file, top.as(Vocabulary.FILE), environment).settings();
            case NEXUS -> new NexusReader(top.as(NexusVocabulary.FILE), environment).settings();
            case LLM_POOL -> new LlmPoolReader(top.as(LlmPoolVocabulary.FILE), environment).settings();
        };
    }

    /** Whose settings a file holds. */
    private enum Kind {
        LLMNET,
        NEXUS,
        LLM_POOL;

        /** By its name; two kinds are TOML, and where the name is neither's, the tables tell. */
        static Kind of(String file, Section top) {
            if (!Document.isToml(file)) {
                return LLMNET;
            }
            String name = Locations.nameOf(file);
            boolean isPool = name.equals(Locations.LLM_POOL)
                    || (!name.equals(Locations.NEXUS) && top.keys().stream().anyMatch(OF_LLM_POOL::contains));
            return isPool ? LLM_POOL : NEXUS;
        }
    }

    /** Whether a line says nothing: a file of such lines is one in which everything goes without saying. */
    private static boolean isSilent(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    /** Whether a file holds settings and no pipeline: by its name, else by its keys. */
    public static boolean isOne(String file, String text) {
        if (Locations.isNamedSo(file) || Document.isToml(file)) {
            return true;
        }
        return Document.read(file, text, new Problems())
                .filter(value -> value instanceof Value.Mapping mapping
                        && OF_PIPELINES.stream().noneMatch(mapping.byName()::containsKey)
                        && mapping.byName().keySet().stream().anyMatch(SettingsFile::isOfSettings))
                .isPresent();
    }

    private static boolean isOfSettings(String key) {
        return Vocabulary.FILE.find(key) != null
                && !Set.of("models", "functions", "$schema").contains(key);
    }

    private Settings settings() {
        Section listen = top.section("listen");
        Section management = top.section("management");
        Section telemetry = top.section("telemetry");
        Section camel = top.section("camel");
        put("llmnet.deadline", top.duration("deadline"));
        put("llmnet.sign-of-life", top.duration("sign-of-life"));
        if (management != null) {
            put("quarkus.management.host", management.expanded("host"));
            put("quarkus.management.port", management.integer("port", 0, Vocabulary.LARGEST_PORT));
            put("llmnet.management.camel-cli", management.truth("camel-cli"));
            management.close();
        }
        if (telemetry != null) {
            telemetry(telemetry);
        }
        if (camel != null) {
            put("llmnet.camel.own-routes", camel.integer("own-routes", 0, 1_000_000));
            camel.close();
        }
        shell();
        Timeouts timeouts = timeouts(top.section("timeouts"), Timeouts.DEFAULT);
        List<Path> pipelines = pipelines();
        String host = listen == null ? null : listen.expanded("host");
        Integer port = listen == null ? null : listen.integer("port", 0, Vocabulary.LARGEST_PORT);
        if (listen != null) {
            put("llmnet.max-body-size", listen.size("body-limit"));
            put("llmnet.max-concurrent", listen.integer("max-concurrent", 1, Integer.MAX_VALUE));
            listen.close();
        }
        GatewaySettings gateway = new GatewayReader(top).read(timeouts, environment);
        top.close();
        return new Settings(host, port, pipelines, timeouts, gateway, keys);
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            keys.put(key, value.toString());
        }
    }

    private void telemetry(Section telemetry) {
        put("llmnet.telemetry.otlp", telemetry.expanded("otlp"));
        put("llmnet.telemetry.log-prompts", telemetry.truth("log-prompts"));
        String level = telemetry.text("log");
        if (level != null && !Vocabulary.LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
            telemetry.error("log", "must be one of " + String.join(", ", Vocabulary.LEVELS));
        }
        put("quarkus.log.level", level == null ? null : level.toUpperCase(Locale.ROOT));
        telemetry.close();
    }

    private void shell() {
        Section functions = top.section("functions");
        Section shell = functions == null ? null : functions.section("shell");
        if (shell != null) {
            put("llmnet.functions.shell.enabled", shell.truth("enabled"));
            put("llmnet.functions.shell.network", shell.truth("network"));
            String allowed = String.join(
                    ",",
                    texts(shell, "allow").stream()
                            .map(program -> program.replace("\\", "\\\\").replace(",", "\\,"))
                            .toList());
            put("llmnet.functions.shell.allow", allowed.isEmpty() ? null : allowed);
            shell.close();
        }
        if (functions != null) {
            functions.close();
        }
    }

    private static List<String> texts(Section section, String key) {
        List<String> texts = new ArrayList<>();
        for (Value item : section.items(key)) {
            if (item instanceof Value.Text text) {
                texts.add(text.text());
            } else {
                section.error(key, "must be a list of texts, and one is " + item.kind());
            }
        }
        return texts;
    }

    /** Timeouts, which are the usual ones where the section does not say. */
    static Timeouts timeouts(@Nullable Section timeouts, Timeouts usual) {
        if (timeouts == null) {
            return usual;
        }
        Duration connect = timeouts.duration("connect");
        Duration firstByte = timeouts.duration("first-byte");
        Duration idle = timeouts.duration("idle");
        timeouts.close();
        return usual.but(connect, firstByte, idle);
    }

    private List<Path> pipelines() {
        List<String> named =
                top.isText("pipelines") ? List.of(String.valueOf(top.expanded("pipelines"))) : texts(top, "pipelines");
        Path folder = Path.of(file).toAbsolutePath().getParent();
        List<Path> paths = new ArrayList<>();
        for (String name : named) {
            try {
                Path path = Locations.atHome(name, environment);
                paths.add(folder == null ? path : folder.resolve(path).normalize());
            } catch (InvalidPathException impossible) {
                top.error("pipelines", "is not the name of a file or folder");
            }
        }
        return paths;
    }
}
