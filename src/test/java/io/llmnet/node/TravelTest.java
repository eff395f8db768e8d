package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TravelTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void plainTextTravelsAsItIs() {
        assertThat(new Travel().disguise("héllo 汉\n")).isEqualTo("héllo 汉\n");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyTextArrivesAndHoldsNothingThatIsLostOnTheWay(long seed) {
        var random = new SplittableRandom(seed);
        String text = random.ints(200, 0, 0x11_0000)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append("\0😀\uE000")
                .toString();
        var travel = new Travel();

        String disguised = travel.disguise(text);

        assertThat(disguised.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c)))
                .isFalse();
        assertThat(travel.reveal(disguised)).isEqualTo(text);
    }
}
