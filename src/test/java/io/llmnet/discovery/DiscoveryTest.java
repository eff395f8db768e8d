package io.llmnet.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeBackend;
import io.llmnet.backend.Timeouts;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Profiles PROFILES = Profiles.standard();

    private final Vertx vertx = Vertx.vertx();
    private final Registry registry = new Registry(InstantSource.system(), new Knowledge(PROFILES, model -> null));
    private @Nullable Discovery discovery;

    @AfterEach
    void close() throws Exception {
        if (discovery != null) {
            discovery.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aServerOfThisMachineIsFoundByTheSweepWithItsModels() throws Exception {
        try (ModelServer server = ModelServer.of("ollama")) {
            discover(SHORT, LONG, "me", server.port());

            Loop.until("it is well", () -> registry.roster().models().contains("qwen3:8b"));

            Member member = member("ollama");
            assertThat(member.said().source()).isEqualTo(Source.MACHINE);
            assertThat(member.said().zone()).isEqualTo(Zone.RESTRICTED);
            assertThat(member.backend().url()).isEqualTo(server.url());
            assertThat(member.version()).isEqualTo("0.12.6");
        }
    }

    @Test
    void twoOfAKindHaveTwoNames() throws Exception {
        try (ModelServer one = ModelServer.of("vllm");
                ModelServer two = ModelServer.of("vllm")) {
            discover(SHORT, LONG, "me", one.port(), two.port());

            Loop.until("both are well", () -> well() == 2);

            assertThat(names()).contains("vllm").anyMatch(name -> name.matches("vllm-\\d+"));
        }
    }

    @Test
    void aServerThatIsGoneTakesItsModelsAlongAndBringsThemBack() throws Exception {
        ModelServer first = ModelServer.of("vllm");
        int port = first.port();
        discover(SHORT, LONG, "me", port);
        Loop.until("it is well", () -> well() == 1);

        first.close();
        Loop.until("its models are gone", () -> registry.roster().models().isEmpty());
        assertThat(member("vllm").trouble()).isEqualTo("it refused the connection");

        try (ModelServer again = ModelServer.of("vllm", port)) {
            Loop.until("it is back", () -> !registry.roster().models().isEmpty());
            assertThat(again.asked()).isNotEmpty();
        }
    }

    @Test
    void aServerThatIsGoneForTooLongIsForgotten() throws Exception {
        try (ModelServer server = ModelServer.of("tgi")) {
            discover(SHORT, SHORT, "me", server.port());
            Loop.until("it is well", () -> well() == 1);
        }

        Loop.until("it is forgotten", () -> names().isEmpty());
    }

    @Test
    void anotherKindOnTheSamePortIsAnotherServer() throws Exception {
        try (ModelServer server = ModelServer.of("lmstudio")) {
            discover(SHORT, LONG, "me", server.port());
            Loop.until("it is well", () -> well() == 1);

            server.become("ollama");

            Loop.until("it is another", () -> names().equals(List.of("ollama")) && well() == 1);
        }
    }

    @Test
    void weNeverFindOurselves() throws Exception {
        try (ModelServer own = ModelServer.of("own-gateway");
                ModelServer other = ModelServer.of("vllm")) {
            discover(SHORT, LONG, "it-is-me", own.port(), other.port());

            Loop.until(
                    "the other is well, and we were looked at",
                    () -> well() == 1 && !own.asked().isEmpty());

            assertThat(names()).containsExactly("vllm");
        }
    }

    @Test
    void ourOwnPortsAreNotLookedAt() throws Exception {
        try (ModelServer own = ModelServer.of("llmnet");
                ModelServer other = ModelServer.of("vllm")) {
            Self self = new Self("me", "1", "127.0.0.1", own.port(), Set.of());
            discover(options(SHORT, LONG, own.port(), other.port()), self);

            Loop.until("the other is well", () -> well() == 1);
            Loop.until("it was looked at again", () -> other.asked().size() > 30);

            assertThat(own.asked()).isEmpty();
        }
    }

    @Test
    void whoIsNamedByAPersonIsNotFoundAgain() throws Exception {
        try (ModelServer named = ModelServer.of("vllm");
                ModelServer other = ModelServer.of("tgi")) {
            registry.put(said("desk", "vllm", URI.create("http://localhost:" + named.port())));
            discover(SHORT, LONG, "me", named.port(), other.port());

            Loop.until("both are well", () -> well() == 2);
            Loop.until("the sweep has looked", () -> names().contains("tgi"));

            assertThat(names()).containsExactlyInAnyOrder("desk", "tgi");
        }
    }

    @Test
    void whoWasFoundGoesWhenAPersonNamesIt() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Discovery found = discover(SHORT, LONG, "me", server.port());
            Loop.until("it is found", () -> names().equals(List.of("vllm")));

            found.put(said("desk", "vllm", server.url()));

            Loop.until("it has one name", () -> names().equals(List.of("desk")) && well() == 1);
        }
    }

    @Test
    void aServerWhoseKindNobodyHasSaidIsToldApart() throws Exception {
        try (ModelServer server = ModelServer.of("ollama")) {
            Discovery found = discover(LONG, LONG, "me");
            found.put(said("desk", Profiles.AUTO, server.url()));

            Loop.until("it is well", () -> registry.roster().models().contains("qwen3:8b"));

            assertThat(member("desk").said().kind()).isEqualTo("ollama");
            assertThat(member("desk").backend().paths().chat()).isEqualTo("/api/chat");
        }
    }

    @Test
    void whoIsToldApartAsSomebodyAskedInTheSameWayIsProbedAtOnce() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Discovery found = discover(LONG, LONG, "me");
            found.put(said("rack", Profiles.AUTO, server.url()));

            Loop.until("it is well", () -> well() == 1);

            assertThat(member("rack").said().kind()).isEqualTo("vllm");
            assertThat(member("rack").models()).isNotEmpty();
        }
    }

    @Test
    void oneServerMayBeListedOnceForEachOfItsModels() throws Exception {
        try (ModelServer server = ModelServer.of("ollama")) {
            Discovery found = discover(SHORT, LONG, "me", server.port());
            found.put(only("small", "qwen3:8b", "ollama", server.url()));
            found.put(only("seeing", "llava:latest", Profiles.AUTO, server.url()));
            found.put(only("absent", "gone", "ollama", server.url()));

            Loop.until("all are well, and nobody else", () -> well() == 3 && names().size() == 3);

            assertThat(names()).containsExactlyInAnyOrder("small", "seeing", "absent");
            assertThat(member("small").models()).containsOnlyKeys("qwen3:8b");
            assertThat(member("seeing").models()).containsOnlyKeys("llava:latest");
            assertThat(member("absent").models()).containsOnlyKeys("gone");
            found.remove("small");
            assertThat(names()).containsExactlyInAnyOrder("seeing", "absent");
        }
    }

    @Test
    void aCloudIsKnownByItsHost() {
        Discovery found = discover(LONG, LONG, "me");
        discovery = null;
        found.close();

        found.put(said("far", Profiles.AUTO, URI.create("https://api.anthropic.com")));

        assertThat(member("far").said().kind()).isEqualTo("anthropic");
        assertThat(member("far").backend().paths().chat()).isEqualTo("/v1/messages");
    }

    @Test
    void aBackendThatDispatchDoubtsIsProbedAtOnce() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Discovery found = discover(LONG, LONG, "me");
            found.put(said("desk", "vllm", server.url()));
            Loop.until("it is well", () -> well() == 1);
            int asked = server.asked().size();

            found.probeSoon("desk");

            Loop.until("it was asked again", () -> server.asked().size() > asked);
        }
    }

    @Test
    void whoAnswersRequestsStaysWhateverItsProbesSay() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Discovery found = discover(SHORT, LONG, "me");
            found.put(said("desk", "vllm", server.url()));
            Loop.until("it is well", () -> well() == 1);
            member("desk").load().answered(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
            int asked = server.failing(500).asked().size();

            Loop.until("it was asked again and again", () -> server.asked().size() > asked + 10);
            assertThat(member("desk").isUp()).isTrue();
            member("desk").load().answered(System.nanoTime());

            Loop.until("it is no longer well", () -> well() == 0);
        }
    }

    @Test
    void whoIsTakenOutIsNotFoundAgainUntilAPersonNamesIt() throws Exception {
        try (ModelServer unwanted = ModelServer.of("vllm");
                ModelServer other = ModelServer.of("tgi")) {
            Discovery found = discover(SHORT, LONG, "me", unwanted.port(), other.port());
            Loop.until("both are well", () -> well() == 2);

            found.dismiss("vllm");
            int asked = other.asked().size();
            Loop.until("the sweep has looked again", () -> other.asked().size() > asked + 30);
            assertThat(names()).containsExactly("tgi");

            found.put(said("desk", "vllm", unwanted.url()));
            found.remove("desk");
            Loop.until("it is found again", () -> names().contains("vllm"));
        }
    }

    @Test
    void otherOptionsCountForThoseThatWereFoundToo() throws Exception {
        try (ModelServer server = ModelServer.of("vllm")) {
            Discovery found = discover(SHORT, LONG, "me", server.port());
            Loop.until("it is well", () -> well() == 1);
            Timeouts patience = Timeouts.DEFAULT.but(null, LONG, null);

            found.change(options(true, SHORT, LONG, patience, server.port()));

            Loop.until("it is known", () -> member("vllm").backend().timeouts().equals(patience));
            assertThat(member("vllm").isUp()).isTrue();
            found.change(options(false, SHORT, LONG, patience, server.port()));
            Loop.until("nobody is looked for", () -> names().isEmpty());
        }
    }

    @Test
    void howSomebodyIsIsKnownAfterTheFirstProbe() throws Exception {
        Discovery found = discover(LONG, LONG, "me");
        found.put(said("desk", Profiles.AUTO, FakeBackend.nobody()));

        found.firstProbe("desk").toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(member("desk").health()).isEqualTo(Health.UNHEALTHY);
        assertThat(member("desk").trouble()).isEqualTo("it refused the connection");
        assertThat(member("desk").said().kind()).isEqualTo(Profiles.AUTO);
    }

    @Test
    void aThousandDeadOnesDelayNobody() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        registry.onChange(roster -> failed.set((int) roster.members().stream()
                .filter(member ->
                        member.health() == Health.UNHEALTHY && !member.name().startsWith("closed"))
                .count()));
        try (BlackHole hole = new BlackHole();
                ModelServer server = ModelServer.of("vllm")) {
            for (int i = 0; i < 1000; i++) {
                registry.put(said("hole" + i, "vllm", hole.url("/" + i)));
                registry.put(said("closed" + i, "vllm", FakeBackend.nobody()));
            }
            for (int i = 0; i < 10; i++) {
                registry.put(said("live" + i, "vllm", server.url()));
            }
            // The dead have a quarter of an hour, and no live one waits for any of it.
            Options patient = new Options(
                    false,
                    false,
                    List.of(),
                    false,
                    LONG,
                    LONG,
                    LONG,
                    Duration.ofMinutes(15),
                    LONG,
                    Timeouts.DEFAULT,
                    Registry.Thresholds.USUAL,
                    List.of());
            discover(patient, new Self("me", "1", "127.0.0.1", 0, Set.of()));

            Loop.until("all that live are well", () -> well() == 10);
            Loop.until("those that refuse are known", () -> down("closed") == 1000);
        }
    }

    private long down(String prefix) {
        return registry.roster().members().stream()
                .filter(member -> member.name().startsWith(prefix) && member.health() == Health.UNHEALTHY)
                .count();
    }

    private Discovery discover(Duration fast, Duration grace, String instance, Integer... ports) {
        return discover(options(fast, grace, ports), new Self(instance, "1", "127.0.0.1", 0, Set.of()));
    }

    private static Options options(Duration fast, Duration grace, Integer... ports) {
        return options(ports.length > 0, fast, grace, Timeouts.DEFAULT, ports);
    }

    private static Options options(
            boolean machine, Duration fast, Duration grace, Timeouts patience, Integer... ports) {
        return new Options(
                machine,
                false,
                List.of(),
                false,
                fast,
                fast,
                grace,
                Duration.ofSeconds(20),
                LONG,
                patience,
                Registry.Thresholds.USUAL,
                List.of(ports));
    }

    private Discovery discover(Options options, Self self) {
        Discovery made = new Discovery(vertx, registry, PROFILES, options, self);
        discovery = made;
        made.start();
        return made;
    }

    private Registration said(String name, String kind, URI url) {
        Profile profile = PROFILES.of(kind);
        return Registration.of(
                PROFILES.backend(name, profile, url, null, Timeouts.DEFAULT), kind, Zone.RESTRICTED, Source.FILE);
    }

    private Registration only(String name, String model, String kind, URI url) {
        Registration said = said(name, kind, url);
        return new Registration(said.backend(), kind, said.zone(), 1, 50, 1, 0, List.of(model), Source.FILE);
    }

    private Member member(String name) {
        return Objects.requireNonNull(registry.named(name), name);
    }

    private long well() {
        return registry.roster().members().stream().filter(Member::isUp).count();
    }

    private List<String> names() {
        return registry.roster().members().stream().map(Member::name).toList();
    }

    /** A port whose queue of connections is full: who comes now waits until he gives up. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> filling = new ArrayList<>();

        BlackHole() throws IOException {
            for (int i = 0; i < 4; i++) {
                Socket one = new Socket();
                filling.add(one);
                try {
                    one.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), 100);
                } catch (IOException full) {
                    break;
                }
            }
        }

        URI url(String path) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
        }

        @Override
        public void close() throws IOException {
            for (Socket one : filling) {
                one.close();
            }
            socket.close();
        }
    }
}
