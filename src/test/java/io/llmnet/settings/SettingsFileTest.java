package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    @Test
    void aKindMayBeTheUsersOwn(@TempDir Path folder) throws IOException {
        Path profiles = Files.createDirectory(folder.resolve("profiles"));
        Files.writeString(profiles.resolve("rack.yaml"), "kind: my-rack");
        Files.writeString(profiles.resolve("broken.yaml"), "kind: [");
        Files.writeString(profiles.resolve("note.txt"), "kind: note");
        String file = folder.resolve("llmnet.yaml").toString();

        SettingsFile.Read read = SettingsFile.read(file, """
                backends:
                  - {name: a, url: "http://a", kind: My-Rack}
                  - {name: b, url: "http://b", kind: my-rak}
                  - {name: c, url: "http://c", kind: note}
                """, name -> null);

        assertThat(read.settings().gateway().backends().get(0).kind()).isEqualTo("my-rack");
        assertThat(read.problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        nearly -> assertThat(nearly).endsWith("did you mean \"my-rack\"?"),
                        not -> assertThat(not).contains("there is no kind \"note\""));
    }

    private static SettingsFile.Read read(String text) {
        return SettingsFile.read("/etc/llmnet/llmnet.yaml", text, Map.of("PORT", "81", "HOME", "/home/me")::get);
    }

    @Test
    void allOfItReachesTheServer() {
        SettingsFile.Read read = read("""
                listen: {host: 0.0.0.0, port: $PORT, body-limit: 1MiB, max-concurrent: 9}
                management: {host: 127.0.0.2, port: 0, camel-cli: true}
                pipelines: [./mine, ~/other, /third.yaml]
                deadline: 2m
                sign-of-life: 5s
                timeouts: {connect: 1s}
                functions: {shell: {enabled: true, allow: [ls, "a,b"], network: false}}
                telemetry: {otlp: "http://h:4317", log: Info, log-prompts: true}
                camel: {own-routes: 5}
                """);

        assertThat(read.problems()).isEmpty();
        Settings settings = read.settings();
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(81);
        assertThat(settings.pipelines())
                .containsExactly(Path.of("/etc/llmnet/mine"), Path.of("/home/me/other"), Path.of("/third.yaml"));
        assertThat(settings.timeouts()).isEqualTo(Timeouts.DEFAULT.but(Duration.ofSeconds(1), null, null));
        assertThat(settings.keys())
                .isEqualTo(Map.ofEntries(
                        Map.entry("llmnet.max-body-size", "1048576"),
                        Map.entry("llmnet.max-concurrent", "9"),
                        Map.entry("quarkus.management.host", "127.0.0.2"),
                        Map.entry("quarkus.management.port", "0"),
                        Map.entry("llmnet.management.camel-cli", "true"),
                        Map.entry("llmnet.deadline", "PT2M"),
                        Map.entry("llmnet.sign-of-life", "PT5S"),
                        Map.entry("llmnet.functions.shell.enabled", "true"),
                        Map.entry("llmnet.functions.shell.allow", "ls,a\\,b"),
                        Map.entry("llmnet.functions.shell.network", "false"),
                        Map.entry("llmnet.telemetry.otlp", "http://h:4317"),
                        Map.entry("llmnet.telemetry.log-prompts", "true"),
                        Map.entry("quarkus.log.level", "INFO"),
                        Map.entry("llmnet.camel.own-routes", "5")));
    }

    @Test
    void nothingIsSaidByNothing() {
        assertThat(read("listen:\ndeadline:\n").settings()).isEqualTo(Settings.NONE);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        SettingsFile.Read read = read("""
                listen: {port: high, body_limit: 1MiB, adress: x}
                timeout: 5m
                telemetry: {log: loud}
                deadline: 1m
                deadline: 2m
                discovery: {swarm: true}
                """);

        assertThat(read.isRight()).isFalse();
        assertThat(read.problems())
                .extracting(Problem::toString)
                .extracting(problem -> problem.replace("/etc/llmnet/llmnet.yaml:", ""))
                .isEqualTo(List.of(
                        "1:16: listen.port: must be a whole number from 0 to 65535",
                        "1:22: listen: unknown key \"body_limit\"; did you mean \"body-limit\"?",
                        "1:40: listen: unknown key \"adress\"; it has no effect",
                        "2:1: unknown key \"timeout\"; write \"deadline\"",
                        "3:18: telemetry.log: must be one of trace, debug, info, warn, error",
                        "5:1: deadline: this key is already in line 4; keep one of the two",
                        "6:13: discovery: the key \"swarm\" has no effect in this release; it comes in a later one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    x/llmnet.yaml | {}                            | true
                    other.toml    | 'x = 1'                       | true
                    s.yaml        | 'deadline: 5m'                | true
                    s.yaml        | 'backends: []'                | true
                    s.yaml        | {}                            | false
                    s.yaml        | 'models: {}'                  | false
                    s.yaml        | 'architecture: []\nlisten: 1' | false
                    s.yaml        | 'kind: Pipeline\nlisten: 1'   | false
                    """)
    void aSettingsFileIsKnownByItsNameOrItsKeys(String file, String text, boolean isOne) {
        assertThat(SettingsFile.isOne(file, text.replace("\\n", "\n"))).isEqualTo(isOne);
    }

    @Test
    void theFlagBeatsTheVariableAndBothBeatWhatIsThere(@TempDir Path home) throws IOException {
        Path there = Files.writeString(home.resolve("llmnet.yaml"), "deadline: 5m");

        assertThat(Locations.find("a.yaml", Map.of("LLMNET_CONFIG", "b.yaml")::get, home))
                .contains(Path.of("a.yaml"));
        assertThat(Locations.find(null, Map.of("LLMNET_CONFIG", "b.yaml")::get, home))
                .contains(Path.of("b.yaml"));
        assertThat(Locations.find(null, Map.of("NEXUS_CONFIG", "c.toml", "LLMNET_CONFIG", " ")::get, home))
                .contains(Path.of("c.toml"));
        assertThat(Locations.find(null, name -> null, home)).contains(there);
        assertThat(Locations.find(null, name -> null, home.resolve("gone"))).isEmpty();
    }
}
