package io.llmnet.ensemble.report;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.ensemble.report.Recorded.Question;
import io.llmnet.ensemble.report.Timeline.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each strategy makes of the recorded answers. Running this writes the report anew, into the file that is its argument.
 *
 * <p>What it says: where two voters of five are poor and all are one model, a plain majority is no better than the best of them;
 * weights that are learnt, and agreement one after the other, gain some points; agreement tells which answers to trust, and a good
 * judge gains most. Steeper weights than the win rate (its square, its odds, their logarithm) were tried: all were worse, since
 * who is heavy early decides who wins, and wins by that.
 */
final class Quality {
    private final List<Question> questions = Recorded.questions();
    private final StringBuilder text = new StringBuilder();
    private double best;

    private Quality() {}

    static String report() {
        Quality quality = new Quality();
        quality.singles();
        quality.strategies();
        return quality.text + "\n" + Simulated.report();
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), report(), StandardCharsets.UTF_8);
    }

    private void singles() {
        line("Recorded: " + questions.size() + " questions, " + Recorded.VOTERS.size() + " voters of one small model");
        line("%-34s %8s %6s %8s %8s %8s", "alone", "right", "", "", "asked", "ms");
        for (int voter = 0; voter < Recorded.VOTERS.size(); voter++) {
            int seat = voter;
            long right = questions.stream().filter(one -> one.isRight(seat)).count();
            double nanos = questions.stream()
                    .mapToLong(one -> one.answers().get(seat).nanos())
                    .average()
                    .orElse(0);
            best = Math.max(best, share(right));
            row(Recorded.VOTERS.get(voter), right, nanos);
        }
        long any = questions.stream()
                .filter(one -> IntStream.range(0, 5).anyMatch(one::isRight))
                .count();
        line("%-34s %7.1f%%", "(at least one of them is right)", 100 * share(any));
        line("");
    }

    private void strategies() {
        line("%-34s %8s %6s %8s %8s %8s %8s", "together", "right", "best", "answered", "asked", "heard", "ms");
        strategy("fastest, hedged after 300 ms", Strategy.FASTEST, Terms.USUAL, 0);
        strategy("voting, likeness exact", Strategy.VOTING, terms(Terms.Likeness.EXACT, 0.7, null), 0);
        strategy("voting", Strategy.VOTING, Terms.USUAL, 0);
        strategy("weighted, learning on the way", Strategy.WEIGHTED, Terms.USUAL, 0);
        strategy("consensus 0.6, or no answer", Strategy.CONSENSUS, terms(Terms.Likeness.WORDS, 0.6, null), 0);
        strategy("consensus 0.8, or no answer", Strategy.CONSENSUS, terms(Terms.Likeness.WORDS, 0.8, null), 0);
        strategy(
                "consensus 0.6, else weighted",
                Strategy.CONSENSUS,
                terms(Terms.Likeness.WORDS, 0.6, Strategy.WEIGHTED),
                0);
        strategy("cascade, by agreement", Strategy.CASCADE, Terms.USUAL, 0);
        for (double skill : new double[] {0.6, 0.8, 1}) {
            strategy(
                    String.format(Locale.ROOT, "judge, simulated, of skill %.1f", skill),
                    Strategy.JUDGE,
                    Terms.USUAL,
                    skill);
        }
        double error = 100 * Math.sqrt(best * (1 - best) / questions.size());
        line(
                "best: in points over the best alone, whose standard error is %.1f; where not all are answered, of those that are.",
                error);
        line(
                "They are asked in the order above. A judge of skill s points at a right answer, where there is one, with probability");
        line("s, and else at the first it is shown. MERGE is not here: nobody recorded what a model would merge.");
    }

    private static Terms terms(Terms.Likeness likeness, double agreement, @Nullable Strategy fallback) {
        Terms usual = Terms.USUAL;
        return new Terms(
                usual.hedgeAfter(), 0, usual.similarity(), likeness, agreement, usual.confidence(), fallback, null, 0);
    }

    private void strategy(String name, Strategy strategy, Terms terms, double skill) {
        Council council = new Council(
                "report", strategy, Recorded.VOTERS.stream().map(Seat::of).toList(), null, terms);
        Standings standings = new Standings();
        Random chance = new Random(11);
        int right = 0;
        int answered = 0;
        int asked = 0;
        int heard = 0;
        double nanos = 0;
        for (Question question : questions) {
            Ended ended = Timeline.play(council, standings, question.answers(), judge(question, skill, chance));
            asked += ended.asked();
            heard += ended.heard();
            nanos += ended.nanos();
            if (ended.decision() != null) {
                answered++;
                right += question.isRight(ended.decision().winner()) ? 1 : 0;
            }
        }
        int all = questions.size();
        line(
                "%-34s %7.1f%% %+6.1f %7.1f%% %8.2f %8.2f %8.0f",
                name,
                100.0 * right / Math.max(1, answered),
                100 * ((double) right / Math.max(1, answered) - best),
                100 * share(answered),
                (double) asked / all,
                (double) heard / all,
                nanos / all / 1e6);
    }

    private static Function<List<Integer>, @Nullable Integer> judge(Question question, double skill, Random chance) {
        return shown -> {
            boolean knows = chance.nextDouble() < skill;
            return shown.stream()
                    .filter(seat -> knows && question.isRight(seat))
                    .findFirst()
                    .orElse(shown.get(0));
        };
    }

    private double share(long some) {
        return (double) some / questions.size();
    }

    private void row(String name, long right, double nanos) {
        line("%-34s %7.1f%% %15s %8.2f %8.0f", name, 100 * share(right), "", 1.0, nanos / 1e6);
    }

    private void line(String format, Object... values) {
        text.append(
                        values.length == 0
                                ? format
                                : String.format(Locale.ROOT, format, values).stripTrailing())
                .append('\n');
    }
}
