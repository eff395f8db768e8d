package io.llmnet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** A mapping while it is read. */
final class Gathering {
    private final Problems problems;
    private final Map<String, Value.Entry> entries = new LinkedHashMap<>();

    Gathering(Problems problems) {
        this.problems = problems;
    }

    /** Takes an entry; of two with one name the first counts, and the second is a problem. */
    void add(Value.Entry entry, String path) {
        Value.Entry first = entries.putIfAbsent(entry.name(), entry);
        if (first != null) {
            problems.error(
                    entry.place(),
                    path,
                    "this key is already in line " + first.place().line() + "; keep one of the two");
        }
    }

    Value.Mapping done(Place place) {
        return new Value.Mapping(place, new ArrayList<>(entries.values()));
    }
}
