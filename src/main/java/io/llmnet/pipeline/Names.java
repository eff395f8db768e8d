package io.llmnet.pipeline;

import java.util.Locale;

/** How the names of variables are written: where they end, and which are the caller's own. */
final class Names {
    private static final String HEADER = "HEADER.";
    private static final String BODY = "BODY.";

    private Names() {}

    /** Whether it names a header of the caller's request, or a place in its body. */
    static boolean isOfRequest(String name) {
        return (name.startsWith(HEADER) && name.length() > HEADER.length())
                || (name.startsWith(BODY) && name.length() > BODY.length());
    }

    /** The name as it is looked up: case does not matter in a header's. */
    static String kept(String name) {
        return name.startsWith(HEADER)
                ? HEADER + name.substring(HEADER.length()).toLowerCase(Locale.ROOT)
                : name;
    }

    /**
     * Where the name of something in the caller's request ends; {@code start} when none begins there. A hyphen inside
     * belongs to it, one at its end does not; a dot leads on in a body only.
     */
    static int requestEnd(String text, int start) {
        if (text.startsWith(HEADER, start)) {
            int end = partEnd(text, start + HEADER.length());
            return end == start + HEADER.length() ? start : end;
        }
        if (!text.startsWith(BODY, start)) {
            return start;
        }
        int end = pathEnd(text, start + BODY.length());
        return end == start + BODY.length() ? start : end;
    }

    /** Where parts with dots between end. */
    static int pathEnd(String text, int start) {
        int end = partEnd(text, start);
        while (end > start && end < text.length() && text.charAt(end) == '.' && partEnd(text, end + 1) > end + 1) {
            end = partEnd(text, end + 1);
        }
        return end;
    }

    private static int partEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (isLetter(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        while (end > start && text.charAt(end - 1) == '-') {
            end--;
        }
        return end;
    }

    /** Where the plain name ends that starts here. */
    static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a plain name may have it: letters, digits, the underscore. */
    static boolean isLetter(char character) {
        return character == '_' || (character < 128 && Character.isLetterOrDigit(character));
    }
}
