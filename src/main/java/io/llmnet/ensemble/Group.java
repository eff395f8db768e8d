package io.llmnet.ensemble;

import java.util.Comparator;
import java.util.List;

/**
 * The answers of one meaning.
 *
 * @param seats whose they are, in order
 * @param speaker the seat whose answer stands for all: the one most like all others (the medoid); among equals the one of
 *     the greatest weight, then by name
 * @param weight of all together
 * @param name the smallest of its seats' names
 */
record Group(List<Integer> seats, int speaker, double weight, String name) {
    /** More votes first, then more weight, then by name: no two groups are alike. */
    static final Comparator<Group> BY_VOTES = Comparator.comparing(Group::size)
            .thenComparing(Group::weight)
            .reversed()
            .thenComparing(Group::name);

    /** More weight first, then by name: no two groups are alike. */
    static final Comparator<Group> BY_WEIGHT =
            Comparator.comparing(Group::weight).reversed().thenComparing(Group::name);

    private static final double GRAIN = 1e9;

    Group {
        seats = List.copyOf(seats);
        weight = Math.rint(weight * GRAIN) / GRAIN; // three tenths are three tenths, in whatever order they are added
    }

    int size() {
        return seats.size();
    }
}
