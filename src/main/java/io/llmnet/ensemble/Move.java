package io.llmnet.ensemble;

import io.llmnet.fault.ChatException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next in a sitting.
 *
 * @param ask the seats to ask now, besides those that were asked before
 * @param wake when to call {@link Deliberation#woken()}, from now on; replaces an earlier wish; null for no wish, and the
 *     earlier one is void
 * @param step what ends the members' part; null while they are waited for. All who are still asked are dismissed then
 */
public record Move(
        List<Integer> ask,
        @Nullable Duration wake,
        @Nullable Step step) {
    /** Nothing new: those who were asked are waited for. */
    public static final Move WAIT = new Move(List.of(), null, null);

    public Move {
        ask = List.copyOf(ask);
    }

    static Move asking(List<Integer> seats, @Nullable Duration wake) {
        return new Move(seats, wake, null);
    }

    static Move ending(Step step) {
        return new Move(List.of(), null, step);
    }

    /** What ends the members' part. */
    public sealed interface Step {
        <R> R match(Cases<R> cases);

        /** It is decided. */
        record Settled(Decision decision) implements Step {
            @Override
            public <R> R match(Cases<R> cases) {
                return cases.settled(this);
            }
        }

        /**
         * The judge is to be asked which of these it is, by the names {@code c1}, {@code c2} in this order.
         *
         * @param seats in the order in which the judge sees their answers
         */
        record Consult(List<Integer> seats) implements Step {
            public Consult {
                seats = List.copyOf(seats);
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.consult(this);
            }
        }

        /** The judge is to make one answer of these. */
        record Merge(List<Integer> seats) implements Step {
            public Merge {
                seats = List.copyOf(seats);
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.merge(this);
            }
        }

        /**
         * There is no answer.
         *
         * @param why what the caller is told
         * @param votes what became of the members
         */
        record Failed(ChatException why, List<Decision.Vote> votes) implements Step {
            public Failed {
                votes = List.copyOf(votes);
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.failed(this);
            }
        }

        /** One for each step. */
        interface Cases<R> {
            R settled(Settled step);

            R consult(Consult step);

            R merge(Merge step);

            R failed(Failed step);
        }
    }
}
