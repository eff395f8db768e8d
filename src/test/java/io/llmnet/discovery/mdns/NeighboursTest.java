package io.llmnet.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Timeouts;
import io.llmnet.discovery.Loop;
import io.llmnet.discovery.Options;
import io.llmnet.discovery.Self;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.scan.Here;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final Profiles PROFILES = Profiles.standard();
    private static final Timeouts PATIENCE = Timeouts.DEFAULT.but(null, Duration.ofMinutes(9), null);
    private static final Self SELF = new Self("it-is-me", "1", "10.0.0.1", 8080, Set.of());

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
    private final Here here = new Here(Set.of("10.0.0.1", "localhost"));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoAnnouncesItselfIsABackend() throws Exception {
        hear(patient(), service("desk", "10.0.0.7", Map.of()));

        assertThat(urls()).containsExactly("desk http://10.0.0.7:11434 mdns");
        assertThat(registry.roster().members())
                .extracting(member -> member.backend().timeouts())
                .containsExactly(PATIENCE);
    }

    @Test
    void whoIsNotWantedIsNoBackend() throws Exception {
        hear(
                neighbours(Duration.ofHours(1), url -> "10.0.0.7".equals(url.getHost())),
                service("desk", "10.0.0.7", Map.of()));

        assertThat(urls()).isEmpty();
    }

    @Test
    void anAddressThatIsKnownIsNoNewBackend() throws Exception {
        registry.put(Registration.of(
                PROFILES.backend(
                        "mine", PROFILES.of("ollama"), URI.create("http://10.0.0.7:11434"), null, Timeouts.DEFAULT),
                "ollama",
                Zone.RESTRICTED,
                Source.FILE));
        registry.put(Registration.of(
                PROFILES.backend(
                        "own", PROFILES.of("ollama"), URI.create("http://127.0.0.1:11434"), null, Timeouts.DEFAULT),
                "ollama",
                Zone.RESTRICTED,
                Source.MACHINE));
        Neighbours neighbours = patient();

        hear(neighbours, service("desk", "10.0.0.7", Map.of()));
        hear(neighbours, service("here", "10.0.0.1", Map.of()));

        assertThat(urls()).containsExactly("mine http://10.0.0.7:11434 static", "own http://127.0.0.1:11434 machine");
    }

    @Test
    void weAreNotOurNeighbour() throws Exception {
        Neighbours neighbours = patient();

        hear(neighbours, service("llmnet-box", "10.0.0.9", Map.of("instance", "it-is-me")));
        hear(neighbours, new Ear.Service("_openai._tcp", "box", List.of("10.0.0.1"), List.of(), 8080, Map.of()));

        assertThat(urls()).isEmpty();
    }

    @Test
    void oneNameIsGivenOnce() throws Exception {
        Neighbours neighbours = patient();

        hear(neighbours, service("desk", "10.0.0.7", Map.of()));
        hear(neighbours, new Ear.Service("_llm._tcp", "desk", List.of("10.0.0.8"), List.of(), 99, Map.of()));

        assertThat(urls()).containsExactly("desk http://10.0.0.7:11434 mdns", "desk-2 http://10.0.0.8:99 mdns");
    }

    @Test
    void aNewAddressReplacesTheOld() throws Exception {
        Neighbours neighbours = patient();

        hear(neighbours, service("desk", "10.0.0.7", Map.of()));
        hear(neighbours, service("desk", "10.0.0.8", Map.of()));

        assertThat(urls()).containsExactly("desk http://10.0.0.8:11434 mdns");
    }

    @Test
    void whoTakesItsAnnouncementBackGoesAfterAWhile() throws Exception {
        Neighbours neighbours = neighbours(Duration.ZERO);
        hear(neighbours, service("desk", "10.0.0.7", Map.of()));

        neighbours.listener().gone("net", "_ollama._tcp", "desk");

        Loop.until("it is gone", () -> forgotten(neighbours));
    }

    @Test
    void whoComesBackInTimeHasNeverGone() throws Exception {
        Neighbours neighbours = neighbours(Duration.ZERO);
        hear(neighbours, service("desk", "10.0.0.7", Map.of()));

        neighbours.listener().gone("net", "_ollama._tcp", "desk");
        hear(neighbours, service("desk", "10.0.0.7", Map.of()));

        assertThat(forgotten(neighbours)).isFalse();
    }

    @Test
    void whoIsStillHeardOnAnotherNetworkStays() throws Exception {
        Neighbours neighbours = neighbours(Duration.ZERO);
        hear(neighbours, service("desk", "10.0.0.7", Map.of()));
        neighbours.listener().heard("other", service("desk", "10.0.0.7", Map.of()));

        neighbours.listener().gone("net", "_ollama._tcp", "desk");

        assertThat(forgotten(neighbours)).isFalse();
    }

    private boolean forgotten(Neighbours neighbours) {
        try {
            done(() -> neighbours.forget());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return registry.roster().members().isEmpty();
    }

    private void hear(Neighbours neighbours, Ear.Service service) throws Exception {
        neighbours.listener().heard("net", service);
        done(() -> {});
    }

    /** Does it on the loop, after all that was asked of it before. */
    private void done(Runnable deed) throws Exception {
        Promise<Object> end = Promise.promise();
        context.runOnContext(nothing -> {
            deed.run();
            end.handle(Future.succeededFuture());
        });
        end.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Neighbours patient() {
        return neighbours(Duration.ofHours(1), url -> false);
    }

    private Neighbours neighbours(Duration grace) {
        return neighbours(grace, url -> false);
    }

    private Neighbours neighbours(Duration grace, Predicate<URI> isUnwanted) {
        Options usual = Options.USUAL;
        Options options = new Options(
                usual.machine(),
                usual.mdns(),
                usual.services(),
                usual.announces(),
                usual.every(),
                usual.fast(),
                grace,
                usual.timeout(),
                usual.loading(),
                PATIENCE,
                usual.thresholds(),
                usual.ports());
        return new Neighbours(vertx, context, registry, PROFILES, () -> options, SELF, () -> here, isUnwanted);
    }

    private static Ear.Service service(String name, String address, Map<String, String> texts) {
        return new Ear.Service("_ollama._tcp", name, List.of(address), List.of(), 11434, texts);
    }

    private List<String> urls() {
        return registry.roster().members().stream()
                .map((Member member) -> member.name() + " " + member.backend().url() + " "
                        + member.said().source().word())
                .toList();
    }
}
