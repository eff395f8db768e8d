package io.llmnet.http.page;

import java.util.List;

/** Names in messages. */
public final class Names {
    private static final int MOST = 20;
    private static final int LONGEST = 100;

    private Names() {}

    /** All names, or the first ones and how many more there are. */
    public static String some(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }

    /** A name as a caller gave it, or its beginning: what is very long is no name, and nobody wants it back. */
    public static String shown(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        boolean isWithinPair = Character.isHighSurrogate(name.charAt(LONGEST - 1));
        return name.substring(0, isWithinPair ? LONGEST - 1 : LONGEST) + "...";
    }
}
