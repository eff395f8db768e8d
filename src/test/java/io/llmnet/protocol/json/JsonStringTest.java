package io.llmnet.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonStringTest {
    private static final String LETTERS = "ab\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u4f60\ud83d\ude00\u2028";

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void saysWhatWasQuoted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 500; i++) {
            String text = text(random);

            byte[] quoted = JsonString.quote(text);

            JsonScanner scan = new JsonScanner(quoted, Fault.INTERNAL);
            scan.value();
            scan.end();
            assertThat(JsonString.decode(quoted, 0, quoted.length)).isEqualTo(text);
            assertThat(quoted).isEqualTo(new String(quoted, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Half pairs among them. */
    private static String text(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return out.toString();
    }
}
