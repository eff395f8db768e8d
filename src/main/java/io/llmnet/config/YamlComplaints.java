package io.llmnet.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in words for people what a YAML parser found wrong. */
final class YamlComplaints {
    private static final String OTHERWISE =
            "this is not YAML; look at the indentation, colons and quotes in this line and the one before";

    /** By a piece of what the parser says; no two fit at once. */
    private static final Map<String, String> WORDS = Map.of(
            "mapping values are not allowed",
            "a \":\" cannot stand here; indent the line like its neighbours, or put text with a colon in quotes",
            "could not find expected ':'",
            "a \":\" is missing after a key; write key: value",
            "'\\t(TAB)'",
            "a tab cannot indent YAML; use spaces",
            "found unexpected end of stream",
            "a quote or bracket is not closed before the end of the file; close it",
            "expected ',' or ']'",
            "\",\" or \"]\" is expected here; close the list, or separate its items",
            "expected ',' or '}'",
            "\",\" or \"}\" is expected here; close the map, or separate its entries",
            "expected <block end>",
            "this line does not stand in line with its neighbours; indent it as they are",
            "special characters are not allowed",
            "control characters cannot stand in YAML; take them out");

    private YamlComplaints() {}

    static String words(@Nullable String complaint) {
        String said = complaint == null ? "" : complaint;
        return WORDS.entrySet().stream()
                .filter(entry -> said.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERWISE);
    }
}
