package io.llmnet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of the backends, and what becomes of it when more is known. */
class RegistryTest {
    private static final Registry.Thresholds USUAL = Registry.Thresholds.USUAL;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Registry registry = new Registry(InstantSource.fixed(Instant.EPOCH), (said, card) -> card);

    private static Registration said(String name, String host, int maxConcurrent, String... models) {
        Backend backend =
                new Backend(name, Backend.Speaks.OPENAI, URI.create("http://" + host), null, Timeouts.DEFAULT);
        return new Registration(
                backend, "generic", Zone.RESTRICTED, 1, 50, 1, maxConcurrent, List.of(models), Source.FILE);
    }

    private static Registration desk(String... models) {
        return said("desk", "desk:1", 0, models);
    }

    private void well(String... models) {
        List<Card> cards = List.of(models).stream().map(Card::named).toList();
        registry.report("desk", Report.well(cards, 0, null, MOMENT), USUAL);
    }

    private void failed() {
        registry.report("desk", Report.failed("connection refused", MOMENT), USUAL);
    }

    private Member member() {
        return Objects.requireNonNull(registry.named("desk"));
    }

    @ParameterizedTest
    @CsvSource({
        // probes in their order, + for a good one, and what is then thought
        "'', UNKNOWN",
        "+, HEALTHY",
        "-, UNHEALTHY",
        "+--, HEALTHY",
        "+---, UNHEALTHY",
        "+--+--, HEALTHY",
        "-+, UNHEALTHY",
        "-++, HEALTHY",
        "-+-+, UNHEALTHY",
        "+---++, HEALTHY",
        "+++++---, UNHEALTHY",
    })
    void isThoughtOtherwiseOfOnlyAfterSeveralProbes(String probes, Health health) {
        registry.put(desk());
        for (int i = 0; i < probes.length(); i++) {
            if (probes.charAt(i) == '+') {
                well("qwen3");
            } else {
                failed();
            }
        }

        assertThat(member().health()).isEqualTo(health);
        boolean isTroubled = health == Health.UNHEALTHY;
        assertThat(member().trouble()).isEqualTo(isTroubled ? "connection refused" : null);
    }

    @Test
    void itsModelsAreRememberedWhileItIsDown() {
        registry.put(desk());
        well("qwen3");
        for (int i = 0; i < 3; i++) {
            failed();
        }

        assertThat(registry.roster().offers("qwen3")).hasSize(1);
        assertThat(registry.roster().knows("qwen3")).isTrue();
        assertThat(registry.roster().models()).isEmpty();
    }

    @Test
    void learningBetterOfOneKeepsItsHealthItsModelsAndItsCounters() {
        registry.put(desk());
        well("qwen3");
        Load load = member().load();
        load.enter();
        Backend patient = new Backend(
                "desk",
                Backend.Speaks.OPENAI,
                URI.create("http://desk:1"),
                "new key",
                Timeouts.DEFAULT.but(MOMENT, null, null));

        registry.put(new Registration(patient, "vllm", Zone.OPEN, 2, 10, 2, 4, List.of(), Source.FILE));

        assertThat(member().isUp()).isTrue();
        assertThat(member().models()).containsOnlyKeys("qwen3");
        assertThat(member().load()).isSameAs(load);
        assertThat(load.limit()).isEqualTo(4);
        assertThat(member().backend().apiKey()).isEqualTo("new key");
    }

    @Test
    void oneAtAnotherAddressIsANewOne() {
        registry.put(desk());
        well("qwen3");
        Load load = member().load();

        registry.put(said("desk", "other:1", 0));

        assertThat(member().health()).isEqualTo(Health.UNKNOWN);
        assertThat(member().models()).isEmpty();
        assertThat(member().load()).isNotSameAs(load);
    }

    @Test
    void aLimitThatIsTakenBackGivesWayToTheSlotsThatItReports() {
        registry.put(said("desk", "desk:1", 2));
        registry.report("desk", Report.well(List.of(), 8, null, MOMENT), USUAL);
        assertThat(member().load().limit()).isEqualTo(2);

        registry.put(said("desk", "desk:1", 0));

        assertThat(member().load().limit()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        // what settings name, what it lists, what it then has
        "'', 'a b', 'a b'",
        "'a', 'a b', 'a'",
        "'a', '', 'a'",
        "'a', 'a:latest b', 'a:latest'",
        "'a:7b', 'a:latest', 'a:7b'",
        "'gpt-*', 'gpt-4o claude', 'gpt-4o'",
        "'*-instruct', 'a-instruct a-base', 'a-instruct'",
        "'*', 'a b', 'a b'",
        "'', 'a a:latest', 'a a:latest'",
    })
    void hasWhatItListsAndSettingsWant(String named, String listed, String expected) {
        registry.put(desk(words(named)));
        well(words(listed));

        assertThat(member().models().keySet()).containsExactlyInAnyOrder(words(expected));
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ", -1);
    }

    @Test
    void modelsThatSettingsNameAreKnownBeforeItHasSaidAnything() {
        registry.put(desk("qwen3"));

        assertThat(registry.roster().knows("qwen3")).isTrue();
        assertThat(registry.roster().models()).isEmpty();
    }

    @Test
    void whatElseIsKnownOfAModelIsAdded() {
        Registry knowing = new Registry(
                InstantSource.system(),
                (said, card) -> card.with(
                        new Capabilities(100, 0, Ability.YES, Ability.YES, Ability.YES, Ability.NO, Ability.NO)
                                .or(card.capabilities())));
        knowing.put(desk("a"));
        knowing.report("desk", Report.well(List.of(Card.named("a")), 0, null, MOMENT), USUAL);

        assertThat(knowing.roster().offers("a"))
                .allSatisfy(offer ->
                        assertThat(offer.card().capabilities().contextTokens()).isEqualTo(100));
    }

    @Test
    void oneThatDrainsGetsNothingNewWhateverItsProbesSay() {
        registry.put(desk());
        well("qwen3");
        registry.drain("desk", true);
        well("qwen3");
        well("phi4");

        assertThat(member().health()).isEqualTo(Health.DRAINING);
        assertThat(member().models()).containsOnlyKeys("phi4");
        registry.drain("desk", false);
        well("phi4");
        assertThat(member().isUp()).isTrue();
    }

    @Test
    void whoIsBackIsTriedAtOnceThoughItsBreakerIsOpen() {
        registry.put(desk());
        well("qwen3");
        Pulse pulse = member().load().pulse("qwen3");
        pulse.failed(0, new Breaker.Terms(1, 1, 1, Duration.ofHours(1)));
        failed();
        failed();
        failed();
        assertThat(pulse.isReluctant(1)).isTrue();

        well("qwen3");
        well("qwen3");

        assertThat(pulse.isReluctant(1)).isFalse();
    }

    @Test
    void whatTellsNothingNewMakesNoNewRoster() {
        registry.put(desk());
        well("qwen3");
        Roster before = registry.roster();
        well("qwen3");
        failed();
        registry.put(desk());
        registry.drain("desk", false);
        registry.remove("nobody");
        registry.report("nobody", Report.failed("gone", MOMENT), USUAL);

        assertThat(registry.roster()).isSameAs(before);
    }

    @Test
    void listenersHearEveryChange() {
        List<Integer> sizes = new ArrayList<>();
        registry.onChange(roster -> sizes.add(roster.members().size()));
        registry.put(desk());
        registry.put(said("box", "box:1", 0));
        registry.remove("desk");

        assertThat(sizes).containsExactly(1, 2, 1);
    }

    @Test
    void aListenerMayChangeTheRegistry() {
        List<Integer> sizes = new ArrayList<>();
        registry.onChange(roster -> {
            sizes.add(roster.members().size());
            if (roster.members().size() == 1) {
                registry.put(said("box", "box:1", 0));
            }
        });
        registry.put(desk());

        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void whateverTheThreadsTheLastRosterToldIsTheNewest() throws InterruptedException {
        List<Roster> told = Collections.synchronizedList(new ArrayList<>());
        registry.onChange(told::add);
        CountDownLatch all = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            String name = "n" + thread;
            new Thread(() -> {
                        for (int i = 0; i < 200; i++) {
                            registry.put(said(name, name + ":" + (i + 1), 0));
                        }
                        all.countDown();
                    })
                    .start();
        }

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(told.get(told.size() - 1)).isSameAs(registry.roster());
    }
}
