package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds: a graph or problems, and never an exception. */
class MangledFilesTest {
    private static final int ROUNDS = 2000;
    private static final List<String> FILES = List.of(
            "nemotron-router.json",
            "conditional-routing.json",
            "qwen3-80b-simple.json",
            "manifest.yaml",
            "manifest.yaml");
    private static final String PIECES = "{}[]:,\"'$&*|>-#!%@`~\n\t \\/0123456789eE.+truefalsnu\u0000\u00e9\ud83d";

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mangledFilesAreGraphsOrProblems(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String name = FILES.get((int) (seed % FILES.size()));
        String whole = CompositionsTest.resource(name);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mangled(whole, random);

            assertSaid(CompositionsTest.read(name, text), text);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomBytesAreProblems(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(1, 200)];
            random.nextBytes(bytes);
            String text = new String(bytes, round % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);

            assertSaid(CompositionsTest.read(round % 3 == 0 ? "x.json" : round % 3 == 1 ? "x.yaml" : "x", text), text);
        }
    }

    private static void assertSaid(Reading reading, String text) {
        for (Problem problem : reading.problems()) {
            assertThat(problem.toString())
                    .as(text)
                    .doesNotContainPattern("\\n(?!    )")
                    .doesNotContain("snakeyaml", "java.", "sk-secret");
            assertThat(problem.place().line()).isPositive();
            assertThat(problem.place().column()).isPositive();
        }
    }

    private static String mangled(String whole, SplittableRandom random) {
        StringBuilder text = new StringBuilder(whole);
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(1, 12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
            }
            if (text.length() == 0) {
                text.append('{');
            }
        }
        return text.toString();
    }
}
