package io.llmnet.http;

import java.util.List;

/** Lists of names in messages. */
final class Names {
    private static final int MOST = 20;

    private Names() {}

    /** All names, or the first ones and how many more there are. */
    static String some(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }
}
