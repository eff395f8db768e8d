package io.llmnet.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.llmnet.pool.Inference;
import io.llmnet.settings.PoolSettings;
import io.llmnet.settings.PoolSettings.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening and closing the door, plain and with TLS. */
class OpeningTest {
    private static final String ASKED = "task: TASK_JUDGE prompt: \"which?\" max_tokens: 64 ";

    @TempDir
    private Path folder;

    @Test
    void clientsThatTrustTheCertificateComeIn() throws Exception {
        Identity server = Identity.of("localhost", folder);
        try (Opened opened = new Opened(tls(server, null));
                Client client = secure(opened.door.port(), server, null)) {
            assertThat(client.infer(ASKED)).isNotNull();
            assertThat(status(Client.plain(opened.door.port()))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void onlyClientsOfTheAuthorityComeInWhereOneIsNamed() throws Exception {
        Identity server = Identity.of("localhost", folder);
        Identity known = Identity.of("client", folder);
        Identity stranger = Identity.of("stranger", folder);
        try (Opened opened = new Opened(tls(server, known));
                Client client = secure(opened.door.port(), server, known)) {
            assertThat(client.infer(ASKED)).isNotNull();
            assertThat(status(secure(opened.door.port(), server, null))).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status(secure(opened.door.port(), server, stranger))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void opensWhereNothingIsLimited() throws Exception {
        try (Opened opened = new Opened(null)) {
            GrpcDoor door = GrpcDoor.open(
                            opened.vertx,
                            opened.pool,
                            () -> PoolSettings.USUAL,
                            GrpcLimits.of(Long.MAX_VALUE, Integer.MAX_VALUE),
                            new PoolSettings.Door("127.0.0.1", 0),
                            null)
                    .toCompletableFuture()
                    .get(10, SECONDS);

            assertThat(door.port()).isPositive();
            door.close(Duration.ZERO).toCompletableFuture().get(10, SECONDS);
        }
    }

    @Test
    void aPortThatIsTakenIsToldByName() throws Exception {
        try (Opened opened = new Opened(null)) {
            int port = opened.door.port();

            // of another Vert.x: one alone would share the port among its servers
            try (Opened other = new Opened(null)) {
                assertThatThrownBy(() -> Opened.open(other.vertx, other.pool, port, null))
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("cannot listen for gRPC on 127.0.0.1:" + port + ": the port is in use");
            }
        }
    }

    @Test
    void aCertificateThatIsNotThereIsToldByName() {
        Tls tls = new Tls(Path.of("/nowhere/server.pem"), Path.of("/nowhere/key.pem"), null);

        assertThatThrownBy(() -> new Opened(tls))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot listen for gRPC on 127.0.0.1:0")
                .hasMessageContaining("/nowhere/")
                .hasMessageContaining("PEM");
    }

    @Test
    void closingWaitsForWhoIsBeingAnswered() throws Exception {
        try (Opened opened = new Opened(null);
                Client client = Client.plain(opened.door.port())) {
            CompletableFuture<Inference> coming = new CompletableFuture<>();
            opened.pool.script = query -> coming;
            Future<Message> answer = client.begin(ASKED);
            opened.pool.asked.take();

            var closing = opened.door.close(Duration.ofMinutes(1)).toCompletableFuture();

            assertThat(status(Client.plain(opened.door.port()))).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(closing).isNotDone();
            coming.complete(ScriptedPool.INFERENCE);
            assertThat(answer.get(10, SECONDS)).isNotNull();
            closing.get(10, SECONDS);
        }
    }

    @Test
    void closingDoesNotWaitForEver() throws Exception {
        try (Opened opened = new Opened(null);
                Client client = Client.plain(opened.door.port())) {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            opened.pool.script = query -> {
                query.cancel().onCancel(() -> cancelled.complete(null));
                return new CompletableFuture<>();
            };
            assertThat(client.begin(ASKED)).isNotDone();
            opened.pool.asked.take();

            opened.door.close(Duration.ofMillis(100)).toCompletableFuture().get(10, SECONDS);

            cancelled.get(10, SECONDS);
        }
    }

    private static Tls tls(Identity server, @Nullable Identity clients) {
        return new Tls(server.certificate(), server.key(), clients == null ? null : clients.certificate());
    }

    private static Client secure(int port, Identity server, @Nullable Identity own) throws IOException {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder()
                .trustManager(server.certificate().toFile());
        if (own != null) {
            tls.keyManager(own.certificate().toFile(), own.key().toFile());
        }
        return new Client(NettyChannelBuilder.forAddress("127.0.0.1", port, tls.build())
                .overrideAuthority("localhost")
                .build());
    }

    /** Why a client is not let in. */
    private static Status.Code status(Client client) {
        try (client) {
            return catchThrowableOfType(StatusRuntimeException.class, () -> client.infer(ASKED))
                    .getStatus()
                    .getCode();
        }
    }
}
