package io.llmnet.ensemble.report;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Proposal;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.ensemble.report.Timeline.Ended;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Voters who say yes or no independently of each other, and are right as often as they are made to be. */
final class Simulated {
    static final int QUESTIONS = 4000;

    private Simulated() {}

    /** The share of right answers, and how many members were asked for each. */
    record Outcome(double right, double asked) {}

    static String report() {
        StringBuilder text =
                new StringBuilder("Simulated: independent voters, all right with p; " + QUESTIONS + " questions\n");
        text.append(String.format(Locale.ROOT, "%-8s %6s %10s %12s\n", "voters", "p", "voting", "Condorcet"));
        for (int voters : new int[] {3, 5, 9}) {
            for (double p : new double[] {0.4, 0.6, 0.7, 0.8, 0.9}) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-8d %6.1f %9.1f%% %11.1f%%\n",
                        voters,
                        p,
                        100 * majority(voters, p),
                        100 * condorcet(voters, p)));
            }
        }
        text.append("\nSimulated: voters of unequal skill, 0.90 0.65 0.60 0.60 0.55\n");
        double[] unequal = {0.9, 0.65, 0.6, 0.6, 0.55};
        text.append(line("best alone", new Outcome(0.9, 1)));
        text.append(line("voting", unequal(Strategy.VOTING, unequal, equal(5))));
        text.append(line("weighted, learning on the way", unequal(Strategy.WEIGHTED, unequal, equal(5))));
        text.append(line("weighted, log odds configured", unequal(Strategy.WEIGHTED, unequal, logOdds(unequal))));
        text.append("\nSimulated: a cheap voter as sure of itself as it is right, 0.40 to 1.00, before one of 0.90\n");
        text.append(line("the cheap one alone", new Outcome(0.7, 1)));
        text.append(line("the other alone", new Outcome(0.9, 1)));
        text.append(line("cascade from confidence 0.7 on", cascade()));
        return text.toString();
    }

    private static String line(String name, Outcome outcome) {
        return String.format(Locale.ROOT, "%-34s %7.1f%% %8.2f asked\n", name, 100 * outcome.right(), outcome.asked());
    }

    /** The share of questions that a majority of equals gets right. */
    static double majority(int voters, double p) {
        double[] skills = new double[voters];
        Arrays.fill(skills, p);
        return unequal(Strategy.VOTING, skills, equal(voters)).right();
    }

    private static double[] equal(int voters) {
        double[] weights = new double[voters];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** The best weights of independent voters of known skill: Nitzan and Paroush 1982, Shapley and Grofman 1984. */
    private static double[] logOdds(double... skills) {
        return Arrays.stream(skills).map(p -> Math.log(p / (1 - p))).toArray();
    }

    /** The same in closed form: more than half of n are right. */
    static double condorcet(int voters, double p) {
        double sum = 0;
        for (int right = voters / 2 + 1; right <= voters; right++) {
            double ways = 1;
            for (int i = 1; i <= right; i++) {
                ways = ways * (voters - right + i) / i;
            }
            sum += ways * Math.pow(p, right) * Math.pow(1 - p, voters - right);
        }
        return sum;
    }

    private static Outcome unequal(Strategy strategy, double[] skills, double[] weights) {
        Random chance = new Random(17);
        return play(strategy, weights, seat -> said(seat, chance.nextDouble() < skills[seat], null, chance));
    }

    private static Outcome cascade() {
        Random chance = new Random(19);
        return play(Strategy.CASCADE, equal(2), seat -> {
            double skill = seat == 0 ? 0.4 + 0.6 * chance.nextDouble() : 0.9;
            return said(seat, chance.nextDouble() < skill, skill, chance);
        });
    }

    private interface Voter {
        Proposal of(int seat);
    }

    private static Outcome play(Strategy strategy, double[] weights, Voter voter) {
        List<Seat> seats = IntStream.range(0, weights.length)
                .mapToObj(i -> new Seat("v" + i, "v" + i, null, weights[i]))
                .toList();
        Council council = new Council("simulated", strategy, seats, null, Terms.USUAL);
        Standings standings = new Standings();
        int right = 0;
        int asked = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            List<Proposal> answers =
                    IntStream.range(0, weights.length).mapToObj(voter::of).toList();
            Ended ended = Timeline.play(council, standings, answers, shown -> shown.get(0));
            int winner = Objects.requireNonNull(ended.decision()).winner();
            right += answers.get(winner).text().equals("yes") ? 1 : 0;
            asked += ended.asked();
        }
        return new Outcome((double) right / QUESTIONS, (double) asked / QUESTIONS);
    }

    private static Proposal said(int seat, boolean isRight, @Nullable Double confidence, Random chance) {
        long nanos = 1L + chance.nextInt(1_000_000);
        return new Proposal(seat, isRight ? "yes" : "no", null, List.of(), new float[0], confidence, nanos);
    }
}
