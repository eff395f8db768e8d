package io.llmnet.fault;

import java.util.Map;

/**
 * What a program may want to know of a failure, beside its code.
 *
 * @param headers of the answer, by lower-case names
 * @param context goes into the error's body: texts, numbers, and lists and maps of them
 */
public record Details(Map<String, String> headers, Map<String, Object> context) {
    public static final Details NONE = new Details(Map.of(), Map.of());

    public Details {
        headers = Map.copyOf(headers);
        context = Map.copyOf(context);
    }
}
