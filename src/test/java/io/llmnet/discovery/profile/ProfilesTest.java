package io.llmnet.discovery.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Zone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
    private static final Profiles STANDARD = Profiles.standard();

    @TempDir
    private Path folder;

    @Test
    void allKindsThatComeWithTheProgramAreRight() {
        assertThat(STANDARD.all()).extracting(Profile::kind).containsExactlyInAnyOrderElementsOf(Profiles.KINDS);
        assertThat(STANDARD.problems()).isEmpty();
    }

    @Test
    void theUsualPortsAreKnown() {
        assertThat(STANDARD.ports()).containsExactly(1234, 3000, 8000, 8080, 11434, 30000, 52415);
    }

    @Test
    void kindsAreKnownByTheirOtherNamesInAnyCase() {
        assertThat(STANDARD.named("Llama.cpp")).map(Profile::kind).contains("llamacpp");
        assertThat(STANDARD.named("LM-Studio")).map(Profile::kind).contains("lmstudio");
        assertThat(STANDARD.named("toaster")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ollama, https://models.example.com, open",
        "gateway, http://192.168.1.7:8000, restricted",
        "gateway, http://203.0.113.7:8000, open",
        "anthropic, http://127.0.0.1:1, open",
        "generic, http://desk:8000, restricted",
        "generic, http://192.168.1.7:8000, restricted",
        "generic, http://172.32.0.1:8000, open",
        "generic, http://[::1]:8000, restricted",
        "generic, http://gpu.local:8000, restricted",
        "generic, https://api.example.com, open",
        "auto, https://api.anthropic.com, open",
        "auto, http://desk:1, restricted",
    })
    void theZoneIsHomeUnlessTheKindOrTheAddressIsElsewhere(String kind, URI url, String zone) {
        assertThat(STANDARD.zone(kind, url)).extracting(Zone::word).isEqualTo(zone);
    }

    @ParameterizedTest
    @CsvSource({
        "generic, llava-1.6, YES, UNKNOWN, 0, UNKNOWN",
        "generic, openai/gpt-4o-mini, YES, YES, 128000, UNKNOWN",
        "openai, gpt-3.5-turbo, NO, YES, 16384, UNKNOWN",
        "openai, gpt-4, NO, YES, 8192, UNKNOWN",
        "openai, text-embedding-3-small, NO, NO, 0, YES",
        "generic, Hermes-3-8B, UNKNOWN, YES, 0, UNKNOWN",
        "generic, phi-3-mini-128k, UNKNOWN, UNKNOWN, 131072, UNKNOWN",
        "google, gemini-2.5-pro, YES, YES, 1048576, UNKNOWN",
        "anthropic, claude-3-haiku-20240307, YES, YES, 200000, NO",
        "generic, qwen3, UNKNOWN, UNKNOWN, 0, UNKNOWN",
    })
    void namesTellWhatModelsCan(
            String kind, String model, Ability vision, Ability tools, int context, Ability embeddings) {
        var known = STANDARD.byName(kind, model);

        assertThat(known.vision()).isEqualTo(vision);
        assertThat(known.tools()).isEqualTo(tools);
        assertThat(known.contextTokens()).isEqualTo(context);
        assertThat(known.embeddings()).isEqualTo(embeddings);
    }

    @Test
    void aFolderAddsKindsAndOverridesOthers() throws IOException {
        write(
                "toaster.yaml",
                "{kind: toaster, speaks: openai, place: local, ports: [4711], models: "
                        + "{path: /crumbs, list: /c, id: /n}, paths: {chat: /toast}}");
        write("ollama.yaml", "{kind: ollama, speaks: openai, place: cloud, models: {path: /m, list: /d, id: /i}}");

        Profiles profiles = Profiles.with(folder);

        assertThat(profiles.problems()).isEmpty();
        assertThat(profiles.ports()).contains(4711).doesNotContain(11434);
        assertThat(profiles.of("toaster").paths().stream()).isEqualTo("/toast");
        assertThat(profiles.of("ollama").place()).isEqualTo(Profile.Place.CLOUD);
    }

    @Test
    void mistakesInAFolderAreToldWithTheirPlacesAndTheFileIsLeftOut() throws IOException {
        write("ollama.yaml", """
                kind: ollama
                speaks: klingon
                place: local
                ports: [0]
                modles: {}
                models: {path: /m, list: data, id: /i, facts: {vision: [sees it]}}
                fingerprint: [{path: /}]
                """);

        Profiles profiles = Profiles.with(folder);

        assertThat(profiles.problems())
                .extracting(Problem::toString)
                .map(text -> text.replace(folder.toString() + "/", ""))
                .containsExactly(
                        "ollama.yaml:2:9: speaks: must be one of openai, ollama, anthropic, google",
                        "ollama.yaml:4:9: ports: must be ports from 1 to 65535",
                        "ollama.yaml:5:1: unknown key \"modles\"; did you mean \"models\"?",
                        "ollama.yaml:6:26: models.list: must be a place such as /data/0/id",
                        "ollama.yaml:6:56: models.facts.vision: must be of the form /field, /field is WORD, /field has WORD, yes or no",
                        "ollama.yaml:7:15: fingerprint[0]: tells nothing apart; add a header, a text or fields");
        assertThat(profiles.of("ollama").ports()).containsExactly(11434);
    }

    @Test
    void aFolderThatIsNotThereIsNoMatter() {
        assertThat(Profiles.with(folder.resolve("none")).all()).hasSize(Profiles.KINDS.size());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
