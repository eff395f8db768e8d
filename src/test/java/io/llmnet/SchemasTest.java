package io.llmnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.llmnet.config.Problem;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the schemas that editors use against the readers, and both against real files. */
class SchemasTest {
    private static final Map<String, String> SCHEMAS = Map.of(
            "pipeline", io.llmnet.pipeline.file.Vocabulary.schema(),
            "settings", io.llmnet.settings.Vocabulary.schema());

    private static final ObjectMapper JSON = new ObjectMapper().configure(JsonParser.Feature.ALLOW_COMMENTS, true);
    private static final String MODELS = "models: {m: {url: 'http://h'}}\n";
    private static final String ARCHITECTURE = "architecture: [{name: a, model: m}]\n";

    /** A file for each map of ours, with a place for one more key. */
    /** Between two files: a key must be read in one of them. */
    private static final String OR = "\n||\n";

    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("composition", MODELS + ARCHITECTURE + "%s: null"),
            Map.entry("model", "models: {m: {runner: docker, %s: null}}\n" + ARCHITECTURE),
            Map.entry("timeouts", "models: {m: {url: 'http://h', timeouts: {%s: null}}}\n" + ARCHITECTURE),
            Map.entry("docker", "models: {m: {runner: docker, docker: {%s: null}}}\n" + ARCHITECTURE),
            Map.entry("registry", "models: {m: {runner: docker, docker: {registry: {%s: null}}}}\n" + ARCHITECTURE),
            Map.entry(
                    "node",
                    MODELS + "architecture: [{name: a, %s: null}]" + OR + MODELS
                            + "architecture: [{name: a, adapter: ws, %s: null}]"),
            Map.entry("ensemble", MODELS + "architecture: [{name: a, ensemble: {%s: null}}]"),
            Map.entry("member", MODELS + "architecture: [{name: a, ensemble: {models: [{%s: null}]}}]"),
            Map.entry("judge", MODELS + "architecture: [{name: a, ensemble: {judge: {%s: null}}}]"),
            Map.entry("extra-options", MODELS + "architecture: [{name: a, extra-options: {%s: null}}]"),
            Map.entry("hooks", MODELS + "architecture: [{name: a, hooks: {%s: null}}]"),
            Map.entry("hook", MODELS + "architecture: [{name: a, hooks: {pre: [{function: f, %s: null}]}}]"),
            Map.entry(
                    "rest-function", MODELS + ARCHITECTURE + "functions: {f: {type: rest, url: 'http://h', %s: null}}"),
            Map.entry("shell-function", MODELS + ARCHITECTURE + "functions: {f: {type: shell, command: ls, %s: null}}"),
            Map.entry("websocket-function", MODELS + ARCHITECTURE + "functions: {f: {type: websocket, %s: null}}"),
            Map.entry("grpc-function", MODELS + ARCHITECTURE + "functions: {f: {type: grpc, %s: null}}"),
            Map.entry("env-secret", MODELS + ARCHITECTURE + "secrets: {s: {source: env, %s: null}}"),
            Map.entry("env-file-secret", MODELS + ARCHITECTURE + "secrets: {s: {source: env-file, %s: null}}"),
            Map.entry("vault-secret", MODELS + ARCHITECTURE + "secrets: {s: {source: vault, %s: null}}"),
            Map.entry("manifest", "kind: Pipeline\n%s: null"),
            Map.entry("metadata", "kind: Pipeline\nmetadata: {%s: null}"),
            Map.entry("spec", "kind: Pipeline\nspec: {%s: null}"));

    private static final Map<String, String> SETTINGS_PLACES = Map.ofEntries(
            Map.entry("settings", "%s: null"),
            Map.entry("listen", "listen: {%s: null}"),
            Map.entry("management", "management: {%s: null}"),
            Map.entry("timeouts", "timeouts: {%s: null}"),
            Map.entry("functions", "functions: {%s: null}"),
            Map.entry("shell", "functions: {shell: {%s: null}}"),
            Map.entry("telemetry", "telemetry: {%s: null}"),
            Map.entry("camel", "camel: {%s: null}"),
            Map.entry("discovery", "discovery: {%s: null}"),
            Map.entry("backend", "backends: [{%s: null}]"),
            Map.entry("model", "models: {m: {%s: null}}"),
            Map.entry("price", "models: {m: {price: {%s: null}}}"),
            Map.entry("routing", "routing: {%s: null}"),
            Map.entry("weights", "routing: {weights: {%s: null}}"),
            Map.entry("policy", "routing: {policies: [{%s: null}]}"),
            Map.entry("retry", "retry: {%s: null}"),
            Map.entry("hedge", "hedge: {%s: null}"),
            Map.entry("breaker", "breaker: {%s: null}"),
            Map.entry("queue", "queue: {%s: null}"),
            Map.entry("budget", "budget: {%s: null}"),
            Map.entry("quality", "quality: {%s: null}"),
            Map.entry("fleet", "fleet: {%s: null}"),
            Map.entry("lifecycle", "lifecycle: {%s: null}"),
            Map.entry("ensemble", "ensembles: {e: {%s: null}}"),
            Map.entry("member", "ensembles: {e: {models: [{%s: null}]}}"),
            Map.entry("judge", "ensembles: {e: {judge: {%s: null}}}"),
            Map.entry("task", "tasks: {t: {%s: null}}"),
            Map.entry("cache", "cache: {%s: null}"),
            Map.entry("semantic", "cache: {semantic: {%s: null}}"),
            Map.entry("pool", "pool: {%s: null}"),
            Map.entry("tls", "pool: {tls: {%s: null}}"),
            Map.entry("pool-breaker", "pool: {breaker: {%s: null}}"));

    private static String anything(String variable) {
        return "http://" + variable;
    }

    private static List<String> complaints(String schema, String file, String text) throws IOException {
        JsonSchema checker = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Objects.requireNonNull(SCHEMAS.get(schema)));
        JsonNode document = file.endsWith(".yaml")
                ? JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text))
                : JSON.readTree(text);
        return checker.validate(document).stream().map(Object::toString).toList();
    }

    private static List<String> told(String file, String text) {
        return Compositions.read(file, text, SchemasTest::anything).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> toldOfSettings(String text) {
        return SettingsFile.read("s.yaml", text, SchemasTest::anything).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "settings"})
    void theSchemasInTheRepositoryAreThoseOfTheCode(String name) throws IOException {
        assertThat(Files.readString(Path.of("schema", name + ".json")))
                .as("print it again: ./llmnet schema %1$s -o schema/%1$s.json", name)
                .isEqualTo(SCHEMAS.get(name));
    }

    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("examples", "src/test/resources/pipelines")) {
            try (Stream<Path> inside = Files.walk(Path.of(folder))) {
                inside.filter(file -> file.toString().matches(".*\\.(json|yaml)")
                                && !file.endsWith("llmnet.yaml")
                                && !String.valueOf(file.getParent()).endsWith("routes"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPipelineThatWeHavePasses(Path file) throws IOException {
        assertThat(complaints("pipeline", file.toString(), Files.readString(file)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "models: {m: {url: 'http://h'}}",
                "models: []\narchitecture: [{name: a}]",
                "models: {m: {url: 5}}\narchitecture: [{name: a}]",
                "models: {m: {url: 'http://h', interface: grpc}}\narchitecture: [{name: a}]",
                "models: {m: {url: 'http://h', api_key: x}}\narchitecture: [{name: a}]",
                "models: {m: {url: 'http://h', timeouts: {idle: soon}}}\narchitecture: [{name: a}]",
                "models: {m: {url: 'http://h'}}\narchitecture: {name: a}",
                "models: {m: {url: 'http://h'}}\narchitecture: [{layer: 0}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: ' '}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, layer: -1}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, layer: one}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, fan-out: some}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, ensemble: [m]}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, ensemble: {models: [m], backend: x}}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, output-to: [true]}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, bind-port: 70000}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, use_case: x}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a, hooks: {pre: [{mode: observe}]}}]",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a}]\nfunctions: {f: {type: rest}}",
                "models: {m: {url: 'http://h'}}\narchitecture: [{name: a}]\nsecrets: {s: {source: valt}}",
                "kind: Pipeline",
                "kind: Node\napiVersion: llmnet/v1\nmetadata: {name: x}\nspec: {composition: {models: {}, architecture: []}}"
            })
    void whatAPipelineMayNotBeIsToldByReaderAndSchema(String text) throws IOException {
        assertThat(told("p.yaml", text)).isNotEmpty();
        assertThat(complaints("pipeline", "p.yaml", text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lisen: {}",
                "listen: 8080",
                "listen: {port: 70000}",
                "listen: {body-limit: much}",
                "listen: {max-concurrent: 0}",
                "deadline: soon",
                "management: {camel-cli: 1}",
                "functions: {shell: {allow: ls}}",
                "functions: {shell: {allow: [1]}}",
                "telemetry: {log: loud}",
                "pipelines: {a: b}",
                "backends: {name: a}",
                "backends: [{url: 'http://h'}]",
                "backends: [{name: a, url: 'http://h', kind: 5}]",
                "backends: [{name: a, url: 'http://h', tier: 6}]",
                "backends: [{name: a, url: 'http://h', weight: 0}]",
                "models: {m: {context: many}}",
                "models: {m: {price: {prompt: -1}}}",
                "aliases: {a: 1}",
                "fallbacks: {a: b}",
                "routing: {strategy: smartest}",
                "routing: {policies: [{zone: open}]}",
                "retry: {budget: 2}",
                "hedge: {after: p50}",
                "budget: {monthly: much}",
                "quality: {slow: never}",
                "ensembles: [a]",
                "ensembles: {e: {strategy: majority, models: [a, b]}}",
                "ensembles: {e: {strategy: voting, models: a}}",
                "ensembles: {e: {strategy: voting, models: [a, {name: b}]}}",
                "ensembles: {e: {strategy: voting, models: [a, b], quorum: 0}}",
                "ensembles: {e: {strategy: judge, models: [a, b], judge: {model: c, share: 1}}}",
                "tasks: {t: {strategy: voting, models: [a, b], ttl: soon}}",
                "tasks: {t: {strategy: voting, models: [a, b], temperature: 3}}",
                "cache: {store: disk}",
                "cache: {semantic: {threshold: 2}}",
                "pool: {http: []}",
                "pool: {tls: {certificate: a}}",
                "pool: {max-tokens: 0}"
            })
    void whatSettingsMayNotBeIsToldByReaderAndSchema(String text) throws IOException {
        assertThat(toldOfSettings(text)).isNotEmpty();
        assertThat(complaints("settings", "s.yaml", text)).isNotEmpty();
    }

    static List<String> pipelineMaps() throws IOException {
        return maps("pipeline");
    }

    static List<String> settingsMaps() throws IOException {
        return maps("settings");
    }

    private static List<String> maps(String schema) throws IOException {
        List<String> names = new ArrayList<>();
        JSON.readTree(SCHEMAS.get(schema)).get("$defs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("pipelineMaps")
    void everyKeyOfAPipelineIsRead(String map) throws IOException {
        everyKeyIsRead("pipeline", map, PLACES.get(map), text -> told("p.yaml", text));
    }

    @ParameterizedTest
    @MethodSource("settingsMaps")
    void everyKeyOfTheSettingsIsRead(String map) throws IOException {
        everyKeyIsRead("settings", map, SETTINGS_PLACES.get(map), SchemasTest::toldOfSettings);
    }

    private static void everyKeyIsRead(
            String schema, String map, @Nullable String place, Function<String, List<String>> reader)
            throws IOException {
        assertThat(place).as("a file with a %s in it, for this test", map).isNotNull();
        List<String> keys = new ArrayList<>();
        JSON.readTree(SCHEMAS.get(schema))
                .at("/$defs/" + map + "/properties")
                .fieldNames()
                .forEachRemaining(keys::add);
        for (String key : keys) {
            if (place != null) {
                assertThat(place.split(Pattern.quote(OR), -1))
                        .as("the key %s of a %s must be asked for", key, map)
                        .anyMatch(file -> file.contains(key + ":")
                                || reader.apply(file.replace("%s", key)).stream()
                                        .noneMatch(problem -> problem.contains("\"" + key + "\" has no effect here")
                                                || problem.contains("unknown key")));
            }
        }
    }

    @Test
    void editorsMayNameTheSchemaInTheFile() throws IOException {
        String pipeline = "{\"$schema\": \"schema/pipeline.json\", \"models\": {\"m\": {\"url\": \"http://h\"}},"
                + " \"architecture\": [{\"name\": \"a\"}]}";

        assertThat(told("p.json", pipeline)).isEmpty();
        assertThat(complaints("pipeline", "p.json", pipeline)).isEmpty();
        assertThat(toldOfSettings("$schema: schema/settings.json\ndeadline: 5m"))
                .isEmpty();
    }
}
