package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions made by chance mean what a plain interpreter takes them for, however they are spaced and put in brackets. */
class ConditionPropertyTest {
    private static final Map<String, String> VALUES =
            Map.of("PREV_NODE", "desk", "WORD_COUNT", "7", "CURRENT_INPUT", "", "Team", "7.0", "HEADER.x-a", "a b");
    private static final List<String> VARIABLES =
            List.of("PREV_NODE", "WORD_COUNT", "CURRENT_INPUT", "Team", "HEADER.x-a", "ROUTE_DECISION");
    private static final List<String> TEXTS = List.of("desk", "7", "7.0", "a b", "", "8", "des", "\"", "'");

    /** A condition with its truth, as the interpreter finds it; the weight is how tightly its parts hold together. */
    private record Told(String text, BooleanSupplier truth, int weight) {}

    private final List<String> spaces = List.of("", " ", "  ");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void meansWhatItSays(long seed) {
        Told told = any(new SplittableRandom(seed), 4);

        assertThat(Compiled.of(told.text()).right().holds(VALUES::get))
                .as(told.text())
                .isEqualTo(told.truth().getAsBoolean());
    }

    private Told any(SplittableRandom chance, int depth) {
        int kind = depth == 0 ? 3 : chance.nextInt(4);
        return switch (kind) {
            case 0 -> joined("||", 0, chance, depth);
            case 1 -> joined("&&", 1, chance, depth);
            case 2 -> {
                Told inner = any(chance, depth - 1);
                yield new Told(
                        "!" + space(chance) + grouped(inner, 2, chance),
                        () -> !inner.truth().getAsBoolean(),
                        2);
            }
            default -> comparison(chance);
        };
    }

    private Told joined(String sign, int weight, SplittableRandom chance, int depth) {
        List<Told> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int left = 2 + chance.nextInt(2); left > 0; left--) {
            Told part = any(chance, depth - 1);
            parts.add(part);
            text.append(text.isEmpty() ? "" : space(chance) + sign + space(chance))
                    .append(grouped(part, weight + 1, chance));
        }
        return new Told(
                text.toString(),
                () -> weight == 0
                        ? parts.stream().anyMatch(part -> part.truth().getAsBoolean())
                        : parts.stream().allMatch(part -> part.truth().getAsBoolean()),
                weight);
    }

    /** In brackets where it must be, and sometimes where it need not. */
    private String grouped(Told inner, int least, SplittableRandom chance) {
        return inner.weight() < least || chance.nextInt(5) == 0
                ? "(" + space(chance) + inner.text() + space(chance) + ")"
                : inner.text();
    }

    private Told comparison(SplittableRandom chance) {
        String variable = one(VARIABLES, chance);
        String name = chance.nextBoolean() ? "$" + variable : "${" + variable + "}";
        String value = VALUES.get(variable);
        String text = one(TEXTS, chance);
        String quoted = quoted(text, chance);
        String around = space(chance);
        return switch (chance.nextInt(6)) {
            case 0 -> told(name, value != null && !value.isEmpty());
            case 1 -> told(name + around + "==" + space(chance) + quoted, text.equals(value));
            case 2 -> told(name + around + "!=" + space(chance) + quoted, !text.equals(value));
            case 3 -> told(name + " contains" + around + quoted, value != null && value.contains(text));
            case 4 -> told(name + " in" + around + "[" + quoted + ",x]", text.equals(value));
            default -> told(name + around + "<" + space(chance) + 7.5, isBelow(value));
        };
    }

    private static boolean isBelow(@Nullable String value) {
        return "7".equals(value) || "7.0".equals(value);
    }

    private static Told told(String text, boolean truth) {
        return new Told(text, () -> truth, 3);
    }

    private static String quoted(String text, SplittableRandom chance) {
        char quote = chance.nextBoolean() ? '"' : '\'';
        return quote + text.replace("" + quote, "\\" + quote) + quote;
    }

    private String space(SplittableRandom chance) {
        return one(spaces, chance);
    }

    private static <T> T one(List<T> choices, SplittableRandom chance) {
        return choices.get(chance.nextInt(choices.size()));
    }
}
