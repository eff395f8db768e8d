package io.llmnet.discovery.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeBackend;
import io.llmnet.discovery.Loop;
import io.llmnet.discovery.ModelServer;
import io.llmnet.discovery.probe.Fingerprints.Found;
import io.llmnet.discovery.probe.Fingerprints.What;
import io.llmnet.discovery.profile.Profiles;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Visits VISITS = new Visits(VERTX, "me");

    @AfterAll
    static void close() {
        VISITS.close();
        VERTX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ollama", "vllm", "llamacpp", "lmstudio", "exo", "localai", "sglang", "tgi", "llmnet", "generic"
            })
    void aKindIsToldApartByWhatItSays(String kind) throws Exception {
        try (ModelServer server = ModelServer.of(kind)) {
            Found found = look(server.url());

            assertThat(found.what()).isEqualTo(What.SERVER);
            assertThat(found.kind()).extracting(profile -> profile.kind()).isEqualTo(kind);
            assertThat(server.asked()).allMatch(asked -> asked.startsWith("GET "));
        }
    }

    @Test
    void aRouterOfLlamaCppIsToldApart() throws Exception {
        try (ModelServer server = ModelServer.of("llamacpp-router")) {
            assertThat(look(server.url()).kind())
                    .extracting(profile -> profile.kind())
                    .isEqualTo("llamacpp");
        }
    }

    @Test
    void twoKindsOnTheSamePortOneAfterTheOtherAreNotMixedUp() throws Exception {
        int port;
        try (ModelServer first = ModelServer.of("llamacpp")) {
            port = first.port();
            assertThat(look(first.url()).kind())
                    .extracting(profile -> profile.kind())
                    .isEqualTo("llamacpp");
        }
        try (ModelServer second = ModelServer.of("localai", port)) {
            assertThat(look(second.url()).kind())
                    .extracting(profile -> profile.kind())
                    .isEqualTo("localai");
        }
    }

    @Test
    void ourOwnServerIsKnownByItsHeader() throws Exception {
        try (ModelServer server = ModelServer.of("own-gateway")) {
            assertThat(look(server.url()).what()).isEqualTo(What.OURSELVES);
        }
    }

    @Test
    void aServerOfAnotherSortIsAStranger() throws Exception {
        try (ModelServer server = ModelServer.of("generic")) {
            server.say("GET /", "<html>a dashboard</html>");

            assertThat(look(server.url())).extracting(Found::what).isEqualTo(What.STRANGER);
        }
    }

    @Test
    void whereNobodyListensNobodyIsFound() throws Exception {
        assertThat(look(FakeBackend.nobody())).isEqualTo(new Found(What.NOBODY, null, "it refused the connection"));
    }

    @Test
    void aPortThatHangsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Found found = look(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300));

            assertThat(found).isEqualTo(new Found(What.STRANGER, null, "no answer within 300 ms"));
        }
    }

    private static Found look(URI url) throws Exception {
        return look(url, Duration.ofSeconds(20));
    }

    private static Found look(URI url, Duration patience) throws Exception {
        Fingerprints fingerprints = new Fingerprints(VISITS, Profiles.standard(), () -> patience, "it-is-me");
        return Loop.on(VERTX, () -> fingerprints.look(url, null));
    }
}
