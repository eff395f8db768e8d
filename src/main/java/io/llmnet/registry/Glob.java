package io.llmnet.registry;

/**
 * A pattern of names, in which {@code *} stands for any text and {@code ?} for one character; case counts.
 *
 * <p>Matched by hand and not by a regular expression: in time proportional to both lengths, whatever the pattern.
 */
public final class Glob {
    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    public static Glob of(String pattern) {
        return new Glob(pattern);
    }

    /** Whether a text says more than one name. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the whole name fits; on a mismatch the last star takes one character more. */
    public boolean fits(String name) {
        int at = 0;
        int star = -1;
        int taken = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                taken = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
