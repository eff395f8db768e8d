package io.llmnet.pipeline;

/** Reads numbers out of texts that mostly are none, without exceptions. */
final class Figure {
    private static final int SAFE_DIGITS = 15;

    private Figure() {}

    /** The number that the text is, whole or decimal; NaN when it is none. */
    static double of(String text) {
        String bare = text.strip();
        int length = bare.length();
        long whole = 0;
        for (int at = 0; at < length; at++) {
            int digit = bare.charAt(at) - '0';
            if (digit < 0 || digit > 9 || at >= SAFE_DIGITS) {
                return decimal(bare);
            }
            whole = whole * 10 + digit;
        }
        return length == 0 ? Double.NaN : whole;
    }

    private static double decimal(String text) {
        boolean digits = false;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            digits |= character >= '0' && character <= '9';
            if ("0123456789+-.eE".indexOf(character) < 0) {
                return Double.NaN;
            }
        }
        try {
            return digits ? Double.parseDouble(text) + 0.0 : Double.NaN; // -0 is 0
        } catch (NumberFormatException almost) {
            return Double.NaN;
        }
    }
}
