package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StopsTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void aStopAcrossPiecesIsNotSaid() {
        var stops = new Stops(List.of("###"));

        String said = stops.pass("Hello #") + stops.pass("#") + stops.pass("# more");

        assertThat(said).isEqualTo("Hello ");
        assertThat(stops.isHit()).isTrue();
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void whatOnlyLookedLikeAStopIsSaid() {
        var stops = new Stops(List.of("###"));

        String said = stops.pass("a#") + stops.pass("#b#") + stops.rest();

        assertThat(said).isEqualTo("a##b#");
        assertThat(stops.isHit()).isFalse();
    }

    @Test
    void theFirstOfSeveralStopsCounts() {
        var stops = new Stops(List.of("two", "one"));

        assertThat(stops.pass("zero one two")).isEqualTo("zero ");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void howATextIsCutChangesNothing(long seed) {
        var random = new SplittableRandom(seed);
        String text = word(random, 40);
        List<String> words = List.of(word(random, 3), word(random, 2));
        int first = words.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(text.length());
        var stops = new Stops(words);

        StringBuilder said = new StringBuilder();
        for (int at = 0; at < text.length() && !stops.isHit(); ) {
            int end = Math.min(text.length(), at + random.nextInt(1, 5));
            said.append(stops.pass(text.substring(at, end)));
            at = end;
        }
        said.append(stops.rest());

        // a word that begins later but ends sooner is met first when it comes whole
        assertThat(text).startsWith(said);
        assertThat(said.length()).isGreaterThanOrEqualTo(first);
        assertThat(stops.isHit()).isEqualTo(first < text.length());
    }

    private static String word(SplittableRandom random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
