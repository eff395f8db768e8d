package io.llmnet.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote a name that is not there. */
public final class Spelling {
    private static final int NAMES_SHOWN = 8;

    private Spelling() {}

    /** The known name nearest to {@code word}, if one is near enough to have been meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String wanted = folded(word);
        if (wanted.length() > 64) {
            return Optional.empty();
        }
        int limit = Math.min(wanted.length() - 1, Math.max(1, wanted.length() / 3));
        String best = null;
        int least = limit + 1;
        for (String name : known) {
            int distance = Math.abs(name.length() - wanted.length()) > limit ? least : distance(wanted, folded(name));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What to do about a name that is not there: {@code did you mean "a"?}, else which there are. */
    public static String advice(String word, Collection<String> known) {
        return nearest(word, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElseGet(() -> known.isEmpty() ? "there are none" : "use one of " + listed(known));
    }

    private static String listed(Collection<String> known) {
        String names = String.join(", ", known.stream().limit(NAMES_SHOWN).toList());
        return known.size() > NAMES_SHOWN ? names + ", …" : names;
    }

    /** Case and the kind of dash are no difference worth a guess. */
    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many letters must be put in, taken out, changed or swapped with their neighbour (optimal string alignment). */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                steps[row][column] = row == 0 || column == 0 ? row + column : least(steps, from, to, row, column);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int least(int[][] steps, String from, String to, int row, int column) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int changed = steps[row - 1][column - 1] + (same ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(steps[row - 1][column], steps[row][column - 1]));
        boolean swapped = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return swapped ? Math.min(least, 1 + steps[row - 2][column - 2]) : least;
    }
}
