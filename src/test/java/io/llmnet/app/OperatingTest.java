package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.FakeBackend;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.chat.Answer;
import io.llmnet.discovery.Loop;
import io.llmnet.discovery.ModelServer;
import io.llmnet.discovery.Self;
import io.llmnet.fault.ChatException;
import io.llmnet.http.page.NewBackend;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Zone;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatingTest {
    private final Vertx vertx = Vertx.vertx();
    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private final Backends backends = new Backends(
            vertx,
            (backend, ask) -> CompletableFuture.<Answer>failedFuture(new IllegalStateException("nobody asks")),
            (nanos, task) -> () -> {},
            new SimpleMeterRegistry(),
            read("sweep: 50ms"),
            null,
            null);
    private final Operating operating = new Operating(backends);

    @BeforeEach
    void open() throws Exception {
        CamelCli.allow(camel, false);
        camel.start();
        backends.open(camel, new Self("it-is-me", "1", "127.0.0.1", 0, Set.of()));
    }

    @AfterEach
    void close() throws Exception {
        backends.close();
        camel.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aServerThatIsDownIsToldApartWhenItComes() throws Exception {
        URI url = FakeBackend.nobody();

        Member added = add(url, null);

        assertThat(added.name()).isEqualTo("backend");
        assertThat(added.said().kind()).isEqualTo("auto");
        assertThat(added.said().zone()).isEqualTo(Zone.RESTRICTED);
        assertThat(added.health()).isEqualTo(Health.UNHEALTHY);
        assertThat(added.trouble()).isEqualTo("it refused the connection");
        try (ModelServer server = ModelServer.of("ollama", url.getPort())) {
            Loop.until("it is known", () -> kind("backend").equals("ollama"));
            assertThat(server.asked()).isNotEmpty();
        }
    }

    @Test
    void aServerThatIsThereIsWellAtOnce() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Member added = add(server.url(), null);

            assertThat(added.name()).isEqualTo("vllm");
            assertThat(added.health()).isEqualTo(Health.HEALTHY);
            assertThat(added.models()).isNotEmpty();
        }
    }

    @Test
    void weAreNoBackendOfOurs() {
        try (ModelServer own = ModelServer.of("own-gateway")) {
            assertThatThrownBy(() -> add(own.url(), null))
                    .hasCauseInstanceOf(ChatException.class)
                    .hasMessageContaining("this server itself");
        }
        assertThat(operating.roster().members()).isEmpty();
    }

    @Test
    void thePatienceOfTheSettingsCountsForWhoIsAdded() throws Exception {
        backends.change(read("sweep: 50ms}\ntimeouts: {first-byte: 9m"));

        Member added = add(FakeBackend.nobody(), "tgi");

        assertThat(added.backend().timeouts().firstByte()).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void operationsOutliveAChangeOfTheSettings() throws Exception {
        add(FakeBackend.nobody(), "ollama");
        var operation = operating.load("m", "ollama").toCompletableFuture().get(20, TimeUnit.SECONDS);

        backends.change(read("every: 9s"));

        assertThat(operating.operations()).extracting(one -> one.id()).containsExactly(operation.id());
    }

    private static GatewaySettings read(String more) {
        String text = "discovery: {machine: false, mdns: false, " + more + "}";
        return SettingsFile.read("llmnet.yaml", text, name -> null).settings().gateway();
    }

    private String kind(String name) {
        Member member = operating.roster().named(name);
        return member == null ? "" : member.said().kind();
    }

    private Member add(URI url, @Nullable String kind) throws Exception {
        return operating
                .add(new NewBackend(url, null, kind, 50, null, 1, 0, null))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
