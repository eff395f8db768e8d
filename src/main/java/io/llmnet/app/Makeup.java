package io.llmnet.app;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells what the answers of a council depend on as far as the settings say it: what sits in it, and what that means. */
final class Makeup {
    private final Predicate<String> isPipeline;
    private final Supplier<Map<String, Council>> ensembles;
    private final UnaryOperator<String> meant;

    /**
     * Of names that may mean something else at any time.
     *
     * @param meant the model that a name stands for
     */
    Makeup(Predicate<String> isPipeline, Supplier<Map<String, Council>> ensembles, UnaryOperator<String> meant) {
        this.isPipeline = isPipeline;
        this.ensembles = ensembles;
        this.meant = meant;
    }

    /** All of it; null where a pipeline sits anywhere in it: what that answers may depend on anything in a call. */
    @Nullable
    String of(Council council) {
        Map<String, Council> named = ensembles.get();
        List<String> all = new ArrayList<>();
        Set<Council> met = new HashSet<>();
        Deque<Council> left = new ArrayDeque<>(List.of(council));
        while (!left.isEmpty()) {
            Council one = left.remove();
            if (!met.add(one)) {
                continue;
            }
            all.add(one.toString());
            for (Seat seat : seats(one)) {
                boolean isPinned = seat.backend() != null;
                if (!isPinned && isPipeline.test(seat.model())) {
                    return null;
                }
                Council inner = isPinned ? null : named.get(seat.model());
                if (inner == null) {
                    all.add(meant.apply(seat.model()));
                } else {
                    left.add(inner);
                }
            }
        }
        return all.toString();
    }

    private static List<Seat> seats(Council council) {
        List<Seat> seats = new ArrayList<>(council.seats());
        Terms.Judge judge = council.terms().judge();
        if (judge != null) {
            seats.add(judge.seat());
        }
        return seats;
    }
}
