package io.llmnet.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.pipeline.file.SecretUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets as they are fetched and kept, from a Vault, files and the environment. */
class SecretStoreTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final Map<String, String> environment =
            new ConcurrentHashMap<>(Map.of("VAULT_TOKEN", VaultServer.TOKEN, "KEY", "sk-of-the-environment"));
    private final SecretStore store = new SecretStore(environment::get);
    private final VaultServer vault = VaultServer.start();
    private final BlockingQueue<Set<Secret>> changes = new LinkedBlockingQueue<>();

    @TempDir
    private @Nullable Path folder;

    @AfterEach
    void close() {
        store.close();
        vault.close();
    }

    private Secret entry(String path) {
        return new Secret.Vault(vault.url(), path, Set.of(), "VAULT_TOKEN", null, OFTEN);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(Objects.requireNonNull(folder).resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret/data/llmnet", "secret/llmnet", "/v1/secret/data/llmnet/"})
    void anEntryOfVaultIsReadHoweverItsPathIsWritten(String path) throws SecretUnavailable {
        vault.entry = "{\"KEY\":\"sk-vault\",\"PORT\":81,\"ON\":true,\"MORE\":{}}";
        environment.put("VAULT_NAMESPACE", "team");

        Map<String, String> values = store.values(entry(path));

        assertThat(values).isEqualTo(Map.of("KEY", "sk-vault", "PORT", "81", "ON", "true"));
        assertThat(vault.asked).containsExactly("team /v1/secret/data/llmnet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | does not understand
                    403 | refuses the token for secret/data/llmnet (403)
                    404 | has nothing at secret/data/llmnet (404)
                    473 | is on standby
                    503 | is sealed
                    307 | answered 307
                    """)
    void whatVaultRefusesIsToldWithoutTheToken(int status, String told) {
        vault.status = status;

        assertThatThrownBy(() -> store.values(entry("secret/llmnet")))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessageContaining(told)
                .hasMessageContaining(vault.url().toString())
                .hasMessageNotContaining(VaultServer.TOKEN);
    }

    @Test
    void aVaultThatHangsIsWaitedForAFewSecondsOnly() {
        vault.hangs = true;

        assertThatThrownBy(() -> store.values(entry("secret/llmnet")))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessageMatching(
                        "Vault at .* (did not answer within 5 s; is it well|cannot be reached; is it running)\\?");
    }

    @Test
    void aVaultThatIsNotThereIsTold() {
        URI nowhere = vault.url();
        vault.close();

        assertThatThrownBy(() ->
                        store.values(new Secret.Vault(nowhere, "secret/llmnet", Set.of(), "VAULT_TOKEN", null, OFTEN)))
                .hasMessage("Vault at " + nowhere + " cannot be reached; is it running?");
    }

    @Test
    void anAnswerThatIsNoEntryIsTold() {
        vault.entry = "[]";

        assertThatThrownBy(() -> store.values(entry("secret/llmnet"))).hasMessageContaining("with no entry");
    }

    @Test
    void aTokenThatIsMissingOrCannotBeSentIsNotShown() {
        environment.put("VAULT_TOKEN", "bad\ntoken-value");
        assertThatThrownBy(() -> store.values(entry("secret/llmnet")))
                .hasMessageContaining("cannot be sent")
                .hasMessageNotContaining("token-value")
                .hasNoCause();

        environment.remove("VAULT_TOKEN");
        assertThatThrownBy(() -> store.values(entry("secret/llmnet")))
                .hasMessageStartingWith("the environment variable VAULT_TOKEN is not set");
    }

    @Test
    void theTokenIsReadFromItsFileEveryTime() throws Exception {
        Path file = file("token", "not yet the token\n");
        Secret source = new Secret.Vault(vault.url(), "secret/llmnet", Set.of(), "NONE", file, OFTEN);
        assertThatThrownBy(() -> store.values(source)).hasMessageContaining("403");

        Files.writeString(file, VaultServer.TOKEN + "\n");

        assertThat(store.values(source)).isEmpty();
    }

    @Test
    void onlyTheVariablesThatAreNamedAreTaken() throws Exception {
        Path file = file("keys.env", "A=1\nB=2\n");

        assertThat(store.values(new Secret.EnvFile(file, Set.of("B", "C")))).isEqualTo(Map.of("B", "2"));
        assertThat(store.values(new Secret.EnvFile(file, Set.of()))).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(store.values(new Secret.Env("KEY"))).isEqualTo(Map.of("KEY", "sk-of-the-environment"));
    }

    @Test
    void whatCannotBeReadSaysWhichAndNoValue() throws IOException {
        Path broken = file("broken.env", "A='sk-secret\n");
        Path gone = Objects.requireNonNull(folder).resolve("gone.env");

        assertThatThrownBy(() -> store.values(new Secret.EnvFile(broken, Set.of())))
                .hasMessageStartingWith(broken + ":1:3: A: the quote")
                .hasMessageNotContaining("sk-secret");
        assertThatThrownBy(() -> store.values(new Secret.EnvFile(gone, Set.of())))
                .hasMessageStartingWith("the file " + gone + " cannot be read");
        assertThatThrownBy(() -> store.values(new Secret.Env("GONE")))
                .hasMessage("the environment variable GONE is not set; set it, or name it in --env-file");
    }

    @Test
    void aValueThatChangesInVaultIsToldAndThenRead() throws Exception {
        vault.entry = "{\"KEY\":\"sk-the-first-key\"}";
        String text = """
                secrets: {v: {source: vault, address: "%s", path: secret/llmnet, refresh: 1ms}}
                models: {m: {url: "http://localhost:1", api-key: $secrets.v.KEY}}
                architecture: [{name: chat, model: m}]
                """.formatted(vault.url());
        Reading before = Compositions.read("p.yaml", text, environment::get, store);
        store.watch(changes::add);

        vault.entry = "{\"KEY\":\"sk-the-second-key\"}";

        assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo(before.secrets());
        Reading after = Compositions.read("p.yaml", text, environment::get, store);
        assertThat(key(before)).isEqualTo("sk-the-first-key");
        assertThat(key(after)).isEqualTo("sk-the-second-key");
        assertThat(store.redaction().of("sk-the-first-key, sk-the-second-key")).isEqualTo("***, ***");
    }

    private static @Nullable String key(Reading reading) {
        return Objects.requireNonNull(reading.graph().orElseThrow().models().get("m"))
                .apiKey();
    }

    @Test
    void aFileThatChangesIsToldOnceItsValuesDo() throws Exception {
        Path file = file("keys.env", "KEY=one\n");
        Secret source = new Secret.EnvFile(file, Set.of());
        store.values(source);
        store.watch(changes::add);

        Files.writeString(file, "KEY=one-and-two\n");

        assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo(Set.of(source));
        assertThat(store.values(source)).isEqualTo(Map.of("KEY", "one-and-two"));
    }

    @Test
    void whatWasReadStaysWhileVaultIsAway() throws Exception {
        vault.entry = "{\"KEY\":\"sk-the-first-key\"}";
        Secret source = entry("secret/llmnet");
        store.values(source);
        vault.status = 503;
        store.watch(changes::add);
        int asked = vault.asked.size();
        while (vault.asked.size() < asked + 2) {
            Thread.onSpinWait();
        }

        assertThat(store.values(source)).isEqualTo(Map.of("KEY", "sk-the-first-key"));
        assertThat(changes).isEmpty();

        vault.entry = "{\"KEY\":\"sk-the-second-key\"}";
        vault.status = 0;
        assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo(Set.of(source));
    }

    @Test
    void failuresAreFollowedByLongerPauses() {
        Held held = Held.now(entry("a/b"), Map.of(), "");

        assertThat(held.failed("").pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(held.failed("").failed("").failed("").pause()).isEqualTo(Duration.ofSeconds(4));
        Held often = held;
        for (int i = 0; i < 100; i++) {
            often = often.failed("");
        }
        assertThat(often.pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void redactionFindsLongValuesAlsoInAddresses() {
        Redaction redaction = new Redaction();
        redaction.learn(Set.of("ollama", "pass word/1", "pass word/1 and more"));

        assertThat(redaction.of("ollama at http://h?k=pass+word%2F1 with pass word/1 and more"))
                .isEqualTo("ollama at http://h?k=*** with ***");
    }
}
