package io.llmnet.ensemble;

import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Move.Step;
import io.llmnet.ensemble.meaning.Meaning;
import io.llmnet.ensemble.meaning.Meanings;
import io.llmnet.ensemble.meaning.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What has come of each member in one sitting, and which answers mean the same. */
final class Ballots {
    private final Council council;
    private final double[] weights;
    private final @Nullable Proposal[] answers;
    private final @Nullable String[] troubles;
    private final long[] nanos;
    private final End[] ends;
    private final Meanings meanings;
    private boolean isLate;

    Ballots(Council council, Standings standings) {
        int seats = council.seats().size();
        this.council = council;
        this.weights = council.seats().stream()
                .mapToDouble(seat -> seat.weight() * standings.of(council.name(), seat.name()))
                .toArray();
        this.answers = new Proposal[seats];
        this.troubles = new String[seats];
        this.nanos = new long[seats];
        this.ends = new End[seats];
        Arrays.fill(ends, End.UNASKED);
        this.meanings =
                new Meanings(seats, measure(council.terms()), council.terms().similarity());
    }

    private static Measure measure(Terms terms) {
        return switch (terms.likeness()) {
            case EXACT -> Measure.EXACT;
            case WORDS -> Measure.WORDS;
            case EMBEDDING -> Measure.VECTORS;
        };
    }

    Terms terms() {
        return council.terms();
    }

    int seats() {
        return ends.length;
    }

    String name(int seat) {
        return council.seats().get(seat).name();
    }

    /** What a member's voice counts as configured. */
    double voice(int seat) {
        return council.seats().get(seat).weight();
    }

    /** What a member's voice counts as configured and by how well it has done. */
    double weight(int seat) {
        return weights[seat];
    }

    /** Until it says something, it counts as dismissed. */
    void asked(int seat) {
        ends[seat] = End.DISMISSED;
    }

    void answered(Proposal proposal) {
        int seat = proposal.seat();
        answers[seat] = proposal;
        nanos[seat] = proposal.nanos();
        ends[seat] = End.ANSWERED;
        meanings.add(seat, Meaning.of(proposal.text(), proposal.json(), proposal.toolCalls(), proposal.vector()));
    }

    void failed(int seat, String trouble, long took) {
        troubles[seat] = trouble;
        nanos[seat] = took;
        ends[seat] = End.FAILED;
    }

    /** The time is over that the members have: who is silent counts as late. */
    void late() {
        isLate = true;
    }

    /** In the order of the seats. */
    List<Proposal> answers() {
        return Arrays.stream(answers).filter(Objects::nonNull).toList();
    }

    /** The answer of one who has given one. */
    Proposal answer(int seat) {
        return Objects.requireNonNull(answers[seat]);
    }

    boolean hasAnswered(int seat) {
        return seat >= 0 && seat < ends.length && ends[seat] == End.ANSWERED;
    }

    /** The seats of whom this has become, in order. */
    List<Integer> those(End end) {
        return IntStream.range(0, ends.length)
                .filter(seat -> ends[seat] == end)
                .boxed()
                .toList();
    }

    /** The seats that are asked and silent. */
    List<Integer> pending() {
        return those(End.DISMISSED);
    }

    /** Those who said the same, weighed so; in the order of their first. */
    List<Group> groups(IntToDoubleFunction weigher) {
        return meanings.groups().stream().map(seats -> group(seats, weigher)).toList();
    }

    /** All who said what this one said. */
    Set<Integer> agreeing(int seat) {
        return meanings.groups().stream()
                .filter(group -> group.contains(seat))
                .findFirst()
                .<Set<Integer>>map(Set::copyOf)
                .orElse(Set.of());
    }

    /** Whether all answers are the same, but for what says nothing. */
    boolean areEqual() {
        return meanings.areEqual();
    }

    private Group group(List<Integer> seats, IntToDoubleFunction weigher) {
        int speaker = seats.stream()
                .min(Comparator.comparingDouble((Integer seat) -> -meanings.closeness(seat, seats))
                        .thenComparingDouble(seat -> -weigher.applyAsDouble(seat))
                        .thenComparing(this::name))
                .orElseThrow();
        double weight = seats.stream().mapToDouble(weigher::applyAsDouble).sum();
        String name =
                seats.stream().map(this::name).min(Comparator.naturalOrder()).orElseThrow();
        return new Group(seats, speaker, weight, name);
    }

    /** The share of all members who said what most did. */
    double agreement() {
        int most = meanings.groups().stream().mapToInt(List::size).max().orElse(0);
        return (double) most / seats();
    }

    /** Decided: it is the answer of this one. */
    Step settled(Strategy by, int winner, IntToDoubleFunction score, String reason) {
        return new Step.Settled(
                new Decision(by, winner, compared(), votes(score), reason, winner < 0 ? Set.of() : agreeing(winner)));
    }

    private double compared() {
        return council.strategy() == Strategy.FASTEST ? Double.NaN : agreement();
    }

    /** What has become of all; the score is of those who answered. */
    List<Vote> votes(IntToDoubleFunction score) {
        List<Vote> votes = new ArrayList<>();
        for (int seat = 0; seat < ends.length; seat++) {
            double points = ends[seat] == End.ANSWERED ? score.applyAsDouble(seat) : 0;
            End end = isLate && ends[seat] == End.DISMISSED ? End.LATE : ends[seat];
            votes.add(new Vote(name(seat), end, points, nanos[seat], troubles[seat]));
        }
        return votes;
    }
}
