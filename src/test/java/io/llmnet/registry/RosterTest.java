package io.llmnet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has which model. */
class RosterTest {
    private static Member member(String name, Health health, String takes, String... models) {
        Backend backend =
                new Backend(name, Backend.Speaks.OPENAI, URI.create("http://" + name), null, Timeouts.DEFAULT);
        Registration said = new Registration(
                backend,
                "generic",
                Zone.RESTRICTED,
                1,
                50,
                1,
                0,
                takes.isEmpty() ? List.of() : List.of(takes.split(" ", -1)),
                Source.FILE);
        Map<String, Card> cards = new LinkedHashMap<>();
        List.of(models).forEach(model -> cards.put(model, Card.named(model)));
        return new Member(said, health, cards, null, null, new Load());
    }

    private static List<String> names(List<Offer> offers) {
        return offers.stream()
                .map(offer -> offer.member().name() + "/" + offer.card().id())
                .toList();
    }

    @Test
    void offersComeInTheOrderOfTheBackends() {
        Roster roster = new Roster(List.of(
                member("c", Health.HEALTHY, "", "m"),
                member("a", Health.UNHEALTHY, "", "m", "n"),
                member("b", Health.HEALTHY, "", "n")));

        assertThat(names(roster.offers("m"))).containsExactly("c/m", "a/m");
        assertThat(roster.models()).containsExactly("m", "n");
        assertThat(roster.offers("x")).isEmpty();
        assertThat(roster.knows("x")).isFalse();
        assertThat(roster.named("a")).isNotNull();
    }

    @Test
    void aTagOfLatestNeedNotBeSaid() {
        Roster roster =
                new Roster(List.of(member("a", Health.HEALTHY, "", "m:latest"), member("b", Health.HEALTHY, "", "m")));

        assertThat(names(roster.offers("m"))).containsExactly("a/m:latest", "b/m");
        assertThat(names(roster.offers("m:latest"))).containsExactly("a/m:latest");
        assertThat(roster.models()).containsExactly("m", "m:latest");
    }

    @Test
    void whoListsAModelWithItsTagAndWithoutOffersItOnce() {
        Roster roster = new Roster(List.of(member("a", Health.HEALTHY, "", "m:latest", "m")));

        assertThat(names(roster.offers("m"))).containsExactly("a/m");
    }

    @Test
    void whoTakesAnyModelComesAfterThoseWhoListIt() {
        Roster roster = new Roster(List.of(
                member("any", Health.HEALTHY, "*"),
                member("gpt", Health.HEALTHY, "gpt-* o?", "gpt-4o"),
                member("a", Health.HEALTHY, "", "gpt-5")));

        assertThat(names(roster.offers("gpt-5"))).containsExactly("a/gpt-5", "any/gpt-5", "gpt/gpt-5");
        assertThat(names(roster.offers("gpt-4o"))).containsExactly("gpt/gpt-4o", "any/gpt-4o");
        assertThat(names(roster.offers("o3"))).containsExactly("any/o3", "gpt/o3");
        assertThat(roster.knows("whatever")).isTrue();
        assertThat(roster.models()).containsExactly("gpt-4o", "gpt-5");
    }

    @Test
    void whoTakesAnyAndListsTheTaggedOneOffersItOnce() {
        Roster roster = new Roster(List.of(member("any", Health.HEALTHY, "*", "m:latest")));

        assertThat(names(roster.offers("m"))).containsExactly("any/m:latest");
    }

    @Test
    void theSamePulseServesEveryRoster() {
        Member member = member("a", Health.HEALTHY, "", "m");

        Offer before = new Roster(List.of(member)).offers("m").get(0);
        Offer after = new Roster(List.of(member)).offers("m").get(0);

        assertThat(after.pulse()).isSameAs(before.pulse());
    }

    @Test
    void nobodyCanChangeIt() {
        Roster roster = new Roster(List.of(member("a", Health.HEALTHY, "", "m")));

        assertThatThrownBy(() -> roster.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> roster.models().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        new ArrayList<>(List.of(roster.offers("m"))).get(0).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o, true",
        "gpt-4o, GPT-4o, false",
        "gpt-*, gpt-, true",
        "gpt-*, gp, false",
        "*, '', true",
        "?, '', false",
        "*-4?, gpt-4o, true",
        "*-4?, gpt-4, false",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "*aab, aaaab, true",
        "a.c, abc, false",
        "**, anything, true",
        "'', '', true",
        "'', a, false",
    })
    void patternsFitWholeNames(String pattern, String name, boolean fits) {
        assertThat(Glob.of(pattern).fits(name)).isEqualTo(fits);
    }
}
