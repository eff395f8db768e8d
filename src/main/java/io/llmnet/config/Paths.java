package io.llmnet.config;

/** Says where in a document something is, from the top: {@code architecture[2].output-to}. */
public final class Paths {
    private static final int LONGEST_KEY = 60;

    private Paths() {}

    /** A key in the map at {@code path}. */
    public static String key(String path, String key) {
        String name = shortened(key);
        return path.isEmpty() ? name : path + "." + name;
    }

    /** An item, from 0, of the list at {@code path}. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** A word of a file as a message can bear it: no line breaks, no end of it that nobody reads. */
    public static String shortened(String word) {
        String start = word.length() > LONGEST_KEY ? word.substring(0, LONGEST_KEY) + "…" : word;
        StringBuilder seen = new StringBuilder(start.length());
        start.chars().forEach(unit -> seen.append(Character.isISOControl(unit) ? ' ' : (char) unit));
        return seen.toString();
    }
}
