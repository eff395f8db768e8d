package io.llmnet.ensemble.report;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Deliberation;
import io.llmnet.ensemble.Move;
import io.llmnet.ensemble.Move.Step;
import io.llmnet.ensemble.Proposal;
import io.llmnet.ensemble.Ruling;
import io.llmnet.ensemble.Standings;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays one question: each member that is asked says what it has to say, so long after it was asked as it took then. */
final class Timeline {
    /** Who says something then; nobody, where the sitting wished to be woken then. */
    private record Event(long atNanos, int seat) {}

    /**
     * How it ended.
     *
     * @param decision null where there is no answer
     * @param asked how many members were asked
     * @param heard how many of them had answered when it was decided
     */
    record Ended(@Nullable Decision decision, int asked, int heard, long nanos) {}

    private static final int NOBODY = -1;

    private final List<Proposal> answers;
    private final Function<List<Integer>, @Nullable Integer> judge;
    private final Deliberation sitting;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingInt(Event::seat));
    private int asked;
    private int heard;

    private Timeline(
            Council council,
            Standings standings,
            List<Proposal> answers,
            Function<List<Integer>, @Nullable Integer> judge) {
        this.answers = answers;
        this.judge = judge;
        this.sitting = Deliberation.of(council, standings);
    }

    static Ended play(
            Council council,
            Standings standings,
            List<Proposal> answers,
            Function<List<Integer>, @Nullable Integer> judge) {
        Timeline timeline = new Timeline(council, standings, answers, judge);
        Ended ended = timeline.run();
        if (ended.decision() != null) {
            standings.learn(council, ended.decision());
        }
        return ended;
    }

    private Ended run() {
        long now = 0;
        Move move = sitting.begin();
        while (move.step() == null) {
            follow(move, now);
            Event next = events.remove();
            now = next.atNanos();
            heard += next.seat() == NOBODY ? 0 : 1;
            move = next.seat() == NOBODY ? sitting.woken() : sitting.heard(answers.get(next.seat()));
        }
        return new Ended(decided(Objects.requireNonNull(move.step())), asked, heard, now);
    }

    private void follow(Move move, long now) {
        events.removeIf(event -> event.seat() == NOBODY);
        asked += move.ask().size();
        move.ask().forEach(seat -> events.add(new Event(now + answers.get(seat).nanos(), seat)));
        if (move.wake() != null) {
            events.add(new Event(now + move.wake().toNanos(), NOBODY));
        }
    }

    private @Nullable Decision decided(Step step) {
        if (step instanceof Step.Consult consult) {
            Move ruled = sitting.ruled(new Ruling(judge.apply(consult.seats()), 1, "simulated"));
            return decided(Objects.requireNonNull(ruled.step()));
        }
        return step instanceof Step.Settled settled ? settled.decision() : null;
    }
}
