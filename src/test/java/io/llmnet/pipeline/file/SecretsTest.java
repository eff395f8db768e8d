package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources of secrets in pipeline files, and what refers to them. */
class SecretsTest {
    private static final Map<String, String> VALUES =
            Map.of("KEY", "sk-$INPUT-${HOME}", "HOST", "example.org", "BAD", "sk bad\n");

    private final List<Secret> asked = new ArrayList<>();
    private final Secrets secrets = source -> {
        asked.add(source);
        if (source instanceof Secret.Env env && env.variable().equals("GONE")) {
            throw new SecretUnavailable("GONE is not set");
        }
        return VALUES;
    };

    private Reading reading(Secrets from, String sources, String model) {
        String text =
                "secrets: {" + sources + "}\nmodels: {m: {" + model + "}}\narchitecture: [{name: chat, model: m}]";
        return Compositions.read("folder/p.yaml", text, Map.of("VAULT", "http://vault:8200")::get, from);
    }

    private Secret only(String source) {
        Reading reading = reading(secrets, "s: {" + source + "}", "url: \"http://h\", api-key: $secrets.s.KEY");
        assertThat(reading.problems())
                .extracting(Problem::toString)
                .allMatch(problem -> problem.contains(": old key "));
        assertThat(reading.secrets()).hasSize(1);
        return reading.secrets().iterator().next();
    }

    private static List<String> told(Reading reading) {
        return reading.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void sourcesAreReadInEveryFormThatThereWas() {
        Path folder = Path.of("folder").toAbsolutePath();
        assertThat(only("source: env, variable: KEY")).isEqualTo(new Secret.Env("KEY"));
        assertThat(only("source: env-file, path: a/b.env, variables: [KEY]"))
                .isEqualTo(new Secret.EnvFile(folder.resolve("a/b.env"), Set.of("KEY")));
        assertThat(only("source: env-file, path: ~/b.env"))
                .isEqualTo(new Secret.EnvFile(Path.of(System.getProperty("user.home"), "b.env"), Set.of()));
        assertThat(only("source: vault, address: $VAULT, path: secret/data/x, variables: [KEY], token_env: T"))
                .isEqualTo(new Secret.Vault(
                        URI.create("http://vault:8200"),
                        "secret/data/x",
                        Set.of("KEY"),
                        "T",
                        null,
                        Duration.ofMinutes(5)));
        assertThat(only("source: vault, address: 'http://v/', path: s/x, token-env: T, token-file: tok, refresh: 30s"))
                .isEqualTo(new Secret.Vault(
                        URI.create("http://v"), "s/x", Set.of(), "T", folder.resolve("tok"), Duration.ofSeconds(30)));
    }

    @Test
    void valuesArePutInOnceAndNotLookedAtAgain() {
        Reading reading = reading(
                secrets,
                "my-s: {source: env, variable: X}, unused: {source: vault, address: 'http://v', path: a/b}",
                "url: \"http://$secrets.my-s.HOST/${secrets.my-s.HOST}x\", api-key: $secrets.my-s.KEY");

        Model model =
                Objects.requireNonNull(reading.graph().orElseThrow().models().get("m"));
        assertThat(model.apiKey()).isEqualTo("sk-$INPUT-${HOME}");
        assertThat(model.url()).isEqualTo(URI.create("http://example.org/example.orgx"));
        assertThat(asked).containsExactly(new Secret.Env("X"));
        assertThat(reading.toString()).doesNotContain("sk-", "example.org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $secrets.sorce.KEY | there is no source of secrets "sorce"; did you mean "source"?
                    $secrets.source.KY | the source of secrets "source" has no "KY"; did you mean "KEY"?
                    $secrets.source    | has half a reference; write $secrets.NAME.VARIABLE
                    ${secrets.source.KEY | has half a reference; write $secrets.NAME.VARIABLE
                    $secrets.source.BAD | has a character that no HTTP header can bear; use visible ASCII characters only
                    """)
    void aWrongReferenceIsToldWhereItStands(String key, String message) {
        Reading reading =
                reading(secrets, "source: {source: env, variable: X}", "url: 'http://h', api-key: \"" + key + "\"");

        assertThat(told(reading)).containsExactly("folder/p.yaml:2:40: models.m.api-key: " + message);
    }

    @Test
    void wrongSourcesAreToldAllAtOnce() {
        Reading reading = reading(
                secrets,
                "a: {source: valt}, b: {source: vault, address: ftp, path: x}, c: {source: env, variabel: X},"
                        + " d: {source: env-file, path: $secrets.a.B}",
                "url: $secrets.a.URL");

        assertThat(told(reading))
                .containsExactly(
                        "folder/p.yaml:1:23: secrets.a.source: is unknown; did you mean \"vault\"?",
                        "folder/p.yaml:1:58: secrets.b.address: must begin with http:// or https://; write it like"
                                + " http://127.0.0.1:8000",
                        "folder/p.yaml:1:76: secrets.c: the key \"variable\" is missing; add it",
                        "folder/p.yaml:1:90: secrets.c: unknown key \"variabel\"; did you mean \"variable\"?",
                        "folder/p.yaml:1:132: secrets.d.path: no secrets can be used here; use $NAME of the"
                                + " environment");
    }

    @Test
    void aSourceThatIsAwayIsAnErrorOnlyWhereItIsNeeded() {
        String gone = "s: {source: env, variable: GONE}";

        Reading needed = reading(secrets, gone, "url: $secrets.s.URL, api-key: $secrets.s.KEY");
        Reading unneeded = reading(secrets, gone, "url: 'http://h'");

        assertThat(needed.graph()).isEmpty();
        assertThat(told(needed)).containsExactly("folder/p.yaml:1:14: secrets.s: GONE is not set");
        assertThat(unneeded.graph()).isPresent();
        assertThat(told(unneeded)).containsExactly("folder/p.yaml:1:14: secrets.s: GONE is not set");
    }

    @Test
    void onTrialNoVaultIsAskedAndWhatIsAwayIsAWarning() {
        Reading reading = reading(
                secrets.trial(),
                "s: {source: env, variable: GONE}, v: {source: vault, address: 'http://v', path: a/b}",
                "url: $secrets.v.URL, api-key: $secrets.s.KEY");

        assertThat(reading.graph()).isPresent();
        assertThat(told(reading)).containsExactly("folder/p.yaml:1:14: secrets.s: GONE is not set");
        assertThat(asked).containsExactly(new Secret.Env("GONE"));
    }
}
