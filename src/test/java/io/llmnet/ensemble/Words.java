package io.llmnet.ensemble;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Councils as the tables write them: {@code voting a b c*2 quorum=2 likeness=exact}, a weight being after the star. */
final class Words {
    private Words() {}

    static Council council(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        Strategy strategy = Strategy.named(words.get(0)).orElseThrow();
        List<Seat> seats = words.stream()
                .skip(1)
                .filter(word -> !word.contains("="))
                .map(Words::seat)
                .toList();
        Terms terms = Terms.USUAL;
        for (String word : words) {
            int sign = word.indexOf('=');
            terms = sign < 0 ? terms : with(terms, word.substring(0, sign), word.substring(sign + 1));
        }
        return new Council("council", strategy, seats, null, terms);
    }

    private static Seat seat(String word) {
        String[] parts = word.split("\\*", -1);
        return new Seat(parts[0], "m-" + parts[0], null, parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
    }

    private static Terms with(Terms old, String key, String value) {
        return new Terms(
                key.equals("hedge") ? Duration.ofMillis(Long.parseLong(value)) : old.hedgeAfter(),
                key.equals("quorum") ? Integer.parseInt(value) : old.quorum(),
                key.equals("similarity") ? Double.parseDouble(value) : old.similarity(),
                key.equals("likeness") ? likeness(value) : old.likeness(),
                key.equals("agreement") ? Double.parseDouble(value) : old.agreement(),
                key.equals("confidence") ? Double.parseDouble(value) : old.confidence(),
                key.equals("fallback") ? fallback(value) : old.fallback(),
                old.judge(),
                key.equals("seed") ? Long.parseLong(value) : old.seed());
    }

    private static Terms.Likeness likeness(String value) {
        return switch (value) {
            case "exact" -> Terms.Likeness.EXACT;
            case "words" -> Terms.Likeness.WORDS;
            default -> Terms.Likeness.EMBEDDING;
        };
    }

    private static @Nullable Strategy fallback(String value) {
        return Strategy.named(value).orElseThrow();
    }
}
