package io.llmnet.ensemble;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked, and how one answer comes of theirs.
 *
 * @param name of the ensemble, the task, or {@code pipeline/node}: what is observed of its members is kept by it
 * @param seats at least one; in the order in which FASTEST and CASCADE ask
 * @param deadline of the whole; null for the request's own. The earlier of both counts
 */
public record Council(
        String name,
        Strategy strategy,
        List<Seat> seats,
        @Nullable Duration deadline,
        Terms terms) {
    public Council {
        seats = List.copyOf(seats);
        Set<String> names = new HashSet<>();
        seats.forEach(seat -> names.add(seat.name()));
        if (seats.isEmpty() || names.size() < seats.size()) {
            throw new IllegalArgumentException("council " + name + " has no seats, or two of one name");
        }
    }

    /** Who is asked and how, for people: {@code voting: a, b, c}. */
    public String words() {
        boolean isJudged = strategy == Strategy.JUDGE || strategy == Strategy.MERGE;
        Terms.Judge judge = isJudged ? terms.judge() : null;
        return strategy.word() + (judge == null ? "" : " by " + judge.seat().name()) + ": "
                + String.join(", ", seats.stream().map(Seat::name).toList());
    }

    /** The same, deciding otherwise. */
    public Council with(Strategy other) {
        return other == strategy ? this : new Council(name, other, seats, deadline, terms);
    }

    /** The same with these members only. */
    public Council with(List<Seat> some) {
        return new Council(name, strategy, some, deadline, terms);
    }

    /** The same within this time. */
    public Council within(Duration time) {
        return new Council(name, strategy, seats, time, terms);
    }
}
