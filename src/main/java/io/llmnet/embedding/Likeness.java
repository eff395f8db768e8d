package io.llmnet.embedding;

import java.util.List;

/** How alike vectors are, and which is nearest. */
public final class Likeness {
    private Likeness() {}

    /**
     * Which of several profiles has the vector that is most like {@code vector}; of several as like, the first.
     *
     * @param profiles at least one; each with at least one vector
     * @return its index
     */
    public static int nearest(float[] vector, List<List<float[]>> profiles) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < profiles.size(); at++) {
            for (float[] other : profiles.get(at)) {
                double likeness = cosine(vector, other);
                if (likeness > most) {
                    most = likeness;
                    best = at;
                }
            }
        }
        return best;
    }

    /** The cosine of the angle between two vectors; -1 where one has no direction, or they are of several models. */
    static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            return -1;
        }
        double product = 0;
        double ones = 0;
        double others = 0;
        for (int at = 0; at < one.length; at++) {
            product += (double) one[at] * other[at];
            ones += (double) one[at] * one[at];
            others += (double) other[at] * other[at];
        }
        return ones == 0 || others == 0 ? -1 : product / Math.sqrt(ones * others);
    }
}
