package io.llmnet.ensemble;

/**
 * How one member of a council has done so far. What is long past counts less: each new observation of it makes those
 * before it fade, to half after {@value #HALF_LIFE}.
 *
 * @param council its name
 * @param seat its name
 * @param wins answers that were chosen, or meant the same as the chosen one
 * @param losses answers that were not
 * @param answers whether chosen, or not, or made into a new one
 * @param failures no answer, or none that would do
 */
public record Standing(String council, String seat, double wins, double losses, double answers, double failures) {
    private static final int HALF_LIFE = 200;
    private static final double KEPT = Math.pow(0.5, 1.0 / HALF_LIFE);

    public Standing {
        if (!isCount(wins) || !isCount(losses) || !isCount(answers) || !isCount(failures)) {
            throw new IllegalArgumentException("standing of " + seat + " in " + council + " is not of counts");
        }
    }

    /** Of whom nothing is known. */
    static Standing fresh(String council, String seat) {
        return new Standing(council, seat, 0, 0, 0, 0);
    }

    Standing won() {
        return plus(1, 0, 1, 0);
    }

    Standing lost() {
        return plus(0, 1, 1, 0);
    }

    Standing answered() {
        return plus(0, 0, 1, 0);
    }

    Standing failed() {
        return plus(0, 0, 0, 1);
    }

    /** How often it is of the chosen meaning: (wins + 1) / (wins + losses + 2), by Laplace's rule of succession. */
    public double winRate() {
        return (wins + 1) / (wins + losses + 2);
    }

    /** How often it answers at all: (answers + 1) / (answers + failures + 1), which is 1 until it fails. */
    public double quality() {
        return (answers + 1) / (answers + failures + 1);
    }

    private Standing plus(int win, int loss, int answer, int failure) {
        return new Standing(
                council,
                seat,
                wins * KEPT + win,
                losses * KEPT + loss,
                answers * KEPT + answer,
                failures * KEPT + failure);
    }

    private static boolean isCount(double count) {
        return count >= 0 && Double.isFinite(count);
    }
}
