package io.llmnet.discovery.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeBackend;
import io.llmnet.backend.Timeouts;
import io.llmnet.discovery.Knowledge;
import io.llmnet.discovery.Loop;
import io.llmnet.discovery.ModelServer;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Report;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProberTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Visits VISITS = new Visits(VERTX, "me");
    private static final Profiles PROFILES = Profiles.standard();
    private static final String KEY = "sk-very-secret-0123456789";

    private final Prober prober = new Prober(VISITS, PROFILES, () -> Duration.ofSeconds(20));

    @AfterAll
    static void close() {
        VISITS.close();
        VERTX.close();
    }

    @Test
    void ollamaTellsWhatItsModelsCanAndWhichIsLoaded() throws Exception {
        try (ModelServer server = ModelServer.of("ollama")) {
            Report report = probe(said("ollama", server.url(), null));

            assertThat(report.version()).isEqualTo("0.12.6");
            assertThat(lines(report))
                    .containsExactly(
                            "qwen3:8b 40960 v- t+ j+ e- r+ loaded+ 5225388164 1768202043",
                            "llava:latest 32768 v+ t- j+ e- r- loaded- 4733363377 1767348000",
                            "nomic-embed-text:latest 2048 v- t- j+ e+ r- loaded- 274302450 1767348000");
        }
    }

    @Test
    void whatOneModelIsIsAskedOnceAndAgainWhenItHasChanged() throws Exception {
        try (ModelServer server = ModelServer.of("ollama")) {
            probe(said("ollama", server.url(), null));
            probe(said("ollama", server.url(), null));

            assertThat(server.asked())
                    .filteredOn(asked -> asked.equals("POST /api/show"))
                    .hasSize(3);
            assertThat(server.asked())
                    .filteredOn(asked -> asked.equals("GET /api/tags"))
                    .hasSize(2);
        }
    }

    @Test
    void llamaCppTellsItsSlotsAndHowItsModelRuns() throws Exception {
        try (ModelServer server = ModelServer.of("llamacpp")) {
            Report report = probe(said("llamacpp", server.url(), null));

            assertThat(report.slots()).isEqualTo(4);
            assertThat(report.version()).isEqualTo("b7389-abc1234");
            assertThat(lines(report))
                    .containsExactly("gemma-3-4b-it 8192 v+ t+ j+ e? r? loaded? 2489757856 1768202043");
        }
    }

    @Test
    void aRouterOfLlamaCppTellsWhichModelsAreLoadedAndLoadsNone() throws Exception {
        try (ModelServer server = ModelServer.of("llamacpp-router")) {
            Report report = probe(said("llamacpp", server.url(), null));

            assertThat(report.slots()).isZero();
            assertThat(lines(report))
                    .containsExactly(
                            "ggml-org/gemma-3-4b-it-GGUF:Q4_K_M 0 v+ t? j+ e? r? loaded+ 0 1768202043",
                            "ggml-org/Qwen3-8B-GGUF:Q4_K_M 0 v- t? j+ e? r? loaded- 0 1768202043");
            assertThat(server.asked()).noneMatch(asked -> asked.contains("model="));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vllm|0|0.11.0|Qwen/Qwen3-8B 40960 v? t? j+ e? r? loaded+ 0 1768202043",
                "lmstudio|0||qwen2-vl-7b-instruct 32768 v+ t? j? e- r? loaded- 0 0; meta-llama-3.1-8b-instruct 8192"
                        + " v- t+ j? e- r? loaded+ 0 0; text-embedding-nomic-embed-text-v1.5 2048 v- t? j? e+ r?"
                        + " loaded- 0 0",
                "exo|0||mlx-community/Llama-3.2-1B-Instruct-4bit 131072 v- t? j? e? r- loaded+ 0 1768202043;"
                        + " mlx-community/Qwen3-30B-A3B-4bit 40960 v- t? j? e? r+ loaded- 0 1768202043",
                "localai|0|v3.9.0|hermes-3 0 v? t? j? e? r? loaded+ 0 0; bge-small 0 v? t? j? e? r? loaded- 0 0",
                "sglang|32|0.5.6|Qwen/Qwen2.5-VL-7B-Instruct 128000 v+ t? j+ e? r? loaded+ 0 1768202043",
                "tgi|128|2.4.1|HuggingFaceH4/zephyr-7b-beta 4096 v? t? j? e? r? loaded+ 0 0",
                "llmnet|2||smollm2-135m 2048 v? t? j? e? r? loaded? 91000000 1768202043",
                "openai|0||gpt-4o-mini 0 v? t? j? e? r? loaded? 0 1721172741; text-embedding-3-small 0 v? t? j? e? r?"
                        + " loaded? 0 1705948997",
                "anthropic|0||claude-sonnet-4-5-20250929 1000000 v+ t? j+ e? r+ loaded? 0 1759104000;"
                        + " claude-3-haiku-20240307 0 v? t? j? e? r? loaded? 0 1709769600",
                "google|0||gemini-2.5-flash 1048576 v? t? j? e- r+ loaded? 0 0; gemini-embedding-001 2048 v? t? j? e+"
                        + " r? loaded? 0 0",
                "generic|0||house-model 16384 v- t+ j? e? r? loaded? 0 1768202043",
            })
    void everyKindIsAskedInItsOwnWay(String kind, int slots, @Nullable String version, String cards) throws Exception {
        try (ModelServer server = ModelServer.of(kind)) {
            Report report = probe(said(kind, server.url(), null));

            assertThat(report.trouble()).isNull();
            assertThat(report.slots()).isEqualTo(slots);
            assertThat(report.version()).isEqualTo(version);
            assertThat(String.join("; ", lines(report))).isEqualTo(cards);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, authorization: Bearer sk-very-secret-0123456789",
        "ollama, authorization: Bearer sk-very-secret-0123456789",
        "anthropic, x-api-key: sk-very-secret-0123456789",
        "anthropic, anthropic-version: 2023-06-01",
        "google, x-goog-api-key: sk-very-secret-0123456789",
    })
    void keysAreSentAsTheLanguageHasThem(String kind, String header) throws Exception {
        try (ModelServer server = ModelServer.of(kind)) {
            probe(said(kind, server.url(), KEY));

            assertThat(server.headers()).contains(header);
            assertThat(server.asked()).noneMatch(asked -> asked.contains(KEY));
        }
    }

    @Test
    void cloudsAreAskedForTheirListAndNothingElse() throws Exception {
        for (String kind : List.of("openai", "anthropic", "google")) {
            try (ModelServer server = ModelServer.of(kind)) {
                probe(said(kind, server.url(), KEY));

                assertThat(server.asked())
                        .singleElement()
                        .asString()
                        .startsWith("GET /v1")
                        .contains("/models");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, it refuses our key (status 401)",
        "500, /v1/models answers with status 500",
        "503, it is not ready (status 503)",
        "404, it has no /v1/models; is it of another kind?",
    })
    void aRefusalIsToldInOurWordsThatNeverHoldTheKey(int status, String trouble) throws Exception {
        try (ModelServer server = ModelServer.of("openai").failing(status)) {
            assertThat(probe(said("openai", server.url(), KEY)).trouble()).isEqualTo(trouble);
        }
    }

    @Test
    void whoAsksForAKeyIsTold() throws Exception {
        try (ModelServer server = ModelServer.of("vllm").failing(401)) {
            assertThat(probe(said("generic", server.url(), null)).trouble())
                    .isEqualTo("it wants a key; set its api-key (status 401)");
        }
    }

    @Test
    void aServerThatIsBusyIsWell() throws Exception {
        try (ModelServer server = ModelServer.of("openai").failing(429)) {
            Report report = probe(said("openai", server.url(), KEY));

            assertThat(report.isWell()).isTrue();
            assertThat(report.models()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>", "{\"data\": 7}", "{\"da", "[]", "null", "{}"})
    void nonsenseMeansThatItIsWellAndItsModelsAreNotKnown(String body) throws Exception {
        try (ModelServer server = ModelServer.of("generic")) {
            server.say("GET /v1/models", body);

            Report report = probe(said("generic", server.url(), null));

            assertThat(report.isWell()).isTrue();
            assertThat(report.models()).isNull();
        }
    }

    @Test
    void aServerWithoutAListIsWellWhenItsModelsAreNamed() throws Exception {
        try (ModelServer server = ModelServer.of("generic")) {
            server.say("GET /", "hello");
            Registration plain = said("generic", server.url(), null);
            Registration named = new Registration(
                    plain.backend(), "generic", Zone.RESTRICTED, 1, 50, 1, 0, List.of("house"), Source.FILE);

            assertThat(probe(named).isWell()).isTrue();
            assertThat(probe(plain).trouble()).isEqualTo("it has no /v1/models; is it of another kind?");
        }
    }

    @Test
    void whereNobodyListensThatIsTold() throws Exception {
        assertThat(probe(said("ollama", FakeBackend.nobody(), null)).trouble()).isEqualTo("it refused the connection");
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        Prober hasty = new Prober(VISITS, PROFILES, () -> Duration.ofMillis(150));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());

            Report report = Loop.on(VERTX, () -> hasty.probe(said("openai", url, null)));

            assertThat(report.trouble()).startsWith("no answer within ");
        }
    }

    @Test
    void theUsersWordGoesBeforeTheServersAndTheNameComesLast() {
        Card set = Card.named("x")
                .with(new Capabilities(
                        32768, 0, Ability.UNKNOWN, Ability.NO, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN));
        Knowledge knowledge = new Knowledge(PROFILES, model -> model.equals("llava-hermes") ? set : null);
        Card told = Card.named("llava-hermes")
                .with(new Capabilities(
                        4096, 100, Ability.UNKNOWN, Ability.YES, Ability.NO, Ability.UNKNOWN, Ability.UNKNOWN));

        Card known = knowledge.apply(said("generic", URI.create("http://x"), null), told);

        assertThat(line(known)).isEqualTo("llava-hermes 32768 v+ t- j- e? r? loaded? 0 0");
        assertThat(known.capabilities().maxOutputTokens()).isEqualTo(100);
    }

    private Report probe(Registration said) throws Exception {
        return Loop.on(VERTX, () -> prober.probe(said));
    }

    private static Registration said(String kind, URI url, @Nullable String key) {
        Profile profile = PROFILES.of(kind);
        return Registration.of(
                PROFILES.backend("it", profile, url, key, Timeouts.DEFAULT), kind, profile.zone(url), Source.FILE);
    }

    private static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        Objects.requireNonNull(report.models()).forEach(card -> lines.add(line(card)));
        return lines;
    }

    private static String line(Card card) {
        Capabilities can = card.capabilities();
        return card.id() + " " + can.contextTokens() + " v" + sign(can.vision()) + " t" + sign(can.tools()) + " j"
                + sign(can.json()) + " e" + sign(can.embeddings()) + " r" + sign(can.reasoning()) + " loaded"
                + sign(card.loaded()) + " " + card.sizeBytes() + " " + card.createdSeconds();
    }

    private static String sign(Ability ability) {
        return switch (ability) {
            case YES -> "+";
            case NO -> "-";
            case UNKNOWN -> "?";
        };
    }
}
