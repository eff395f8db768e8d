package io.llmnet.pool;

import org.jspecify.annotations.Nullable;

/** What clients call things, as it may be shown. */
final class Words {
    private static final int MOST = 128;

    private Words() {}

    /** On one line, and not at any length. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String some = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
        StringBuilder shown = new StringBuilder(some.length());
        some.codePoints().forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '_' : c));
        return shown.toString();
    }

    /** Whether it can be told in a header as it is. */
    static boolean isHeader(String text) {
        return !text.isEmpty() && text.length() <= MOST && text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
