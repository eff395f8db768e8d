package io.llmnet.protocol.http;

import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a backend that refuses says of when to come again; callers wait by it (CONFORMANCE 6). */
final class Advice {
    private Advice() {}

    static Map<String, String> in(MultiMap headers) {
        Map<String, String> advice = new HashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("retry-after") || lower.equals("retry-after-ms") || lower.startsWith("x-ratelimit-")) {
                advice.put(lower, value);
            }
        });
        return advice;
    }
}
