package io.llmnet.ensemble;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether those who are still silent can change which group is first. */
final class Lead {
    private static final double TINY = 1e-9;

    private Lead() {}

    /**
     * Whether no other group can come level with the first any more. By likeness, a new answer may make one group of two,
     * so that all others together count; where only equal answers mean the same, it cannot.
     *
     * @param groups the first of them first; at least one
     * @param pending what those may bring who are silent
     */
    static boolean isCertain(
            List<Group> groups, ToDoubleFunction<Group> size, double pending, Terms.Likeness likeness) {
        double[] others = groups.stream().skip(1).mapToDouble(size).toArray();
        double rival = 0;
        for (double other : others) {
            rival = likeness == Terms.Likeness.EXACT ? Math.max(rival, other) : rival + other;
        }
        return size.applyAsDouble(groups.get(0)) > rival + pending + TINY;
    }
}
