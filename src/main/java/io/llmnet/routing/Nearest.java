package io.llmnet.routing;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which model was meant by a name that none has. */
final class Nearest {
    /** The work is bounded, for anybody may send any name. */
    private static final int LONGEST = 48;

    private static final int MOST = 500;

    private Nearest() {}

    /** The name with the fewest letters changed, a third of them at most. */
    static Optional<String> of(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int least = limit + 1;
        int compared = 0;
        for (String other : known) {
            if (Math.abs(other.length() - name.length()) <= limit && compared++ < MOST) {
                int distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
                if (distance < least) {
                    least = distance;
                    best = other;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to put in, take out or change (Levenshtein), by rows. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int i = 0; i < from.length(); i++) {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int column = 1; column < row.length; column++) {
                int changed = diagonal + (from.charAt(i) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
