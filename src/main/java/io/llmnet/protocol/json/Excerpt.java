package io.llmnet.protocol.json;

/** Long texts, shortened in the middle: how they begin and how they end says most of them. */
public final class Excerpt {
    private static final double HEAD = 0.75;

    private Excerpt() {}

    /** The text itself, or at most about so many characters of it, with a note of how many were left out. */
    public static String of(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int head = whole(text, (int) (characters * HEAD));
        int tail = whole(text, text.length() - (characters - head));
        return text.substring(0, head) + " [... " + (tail - head) + " characters left out ...] " + text.substring(tail);
    }

    /** Never between the halves of a surrogate pair. */
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1))
                ? at + 1
                : at;
    }
}
