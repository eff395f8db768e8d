package io.llmnet.ensemble.meaning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What several have said, and who said the same.
 *
 * <p>A group are all whom likenesses of at least the threshold lead to, from one to the next (single linkage). That needs not
 * be the tightest grouping, but it is the one that grows only: who is of one group stays so whatever else is said, and the
 * groups of all do not depend on the order in which they came. So an outcome that is certain early is the outcome of all.
 * Numbers and denials cannot be led past: see {@link Marks}.
 */
public final class Meanings {
    private final Measure measure;
    private final double threshold;
    private final @Nullable Meaning[] said;
    private final double[][] likeness;

    /** None yet, of so many at most. */
    public Meanings(int places, Measure measure, double threshold) {
        this.measure = measure;
        this.threshold = threshold;
        this.said = new Meaning[places];
        this.likeness = new double[places][places];
    }

    /** One has said this. */
    public void add(int place, Meaning meaning) {
        said[place] = meaning;
        for (int other = 0; other < said.length; other++) {
            Meaning theirs = said[other];
            if (theirs != null) {
                double alike = meaning.likeness(theirs, measure);
                likeness[place][other] = alike;
                likeness[other][place] = alike;
            }
        }
    }

    /** Who said the same: each group, and all of them by their first, in the order of their places. */
    public List<List<Integer>> groups() {
        List<List<Integer>> groups = new ArrayList<>();
        BitSet seen = new BitSet();
        for (int place = 0; place < said.length; place++) {
            if (said[place] != null && !seen.get(place)) {
                BitSet group = new BitSet();
                gather(place, group);
                seen.or(group);
                groups.add(group.stream().boxed().toList());
            }
        }
        return groups;
    }

    private void gather(int place, BitSet group) {
        group.set(place);
        for (int other = 0; other < said.length; other++) {
            if (said[other] != null && !group.get(other) && areOne(place, other)) {
                gather(other, group);
            }
        }
    }

    /** What is not alike at all is never one, though the threshold be 0. */
    private boolean areOne(int place, int other) {
        return likeness[place][other] > 0 && likeness[place][other] >= threshold;
    }

    /** How like all of a group one of it is: the greatest has the one that stands for it best. */
    public double closeness(int place, List<Integer> group) {
        return group.stream().mapToDouble(other -> likeness[place][other]).sum();
    }

    /** Whether all have said the same, but for what says nothing. */
    public boolean areEqual() {
        @Nullable Meaning first = null;
        for (Meaning one : said) {
            if (one != null && first != null && !first.isSameAs(one)) {
                return false;
            }
            first = first == null ? one : first;
        }
        return true;
    }
}
