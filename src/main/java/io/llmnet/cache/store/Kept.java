package io.llmnet.cache.store;

import java.util.List;
import java.util.Map;

/**
 * An answer that is kept: good, and whole.
 *
 * @param status of HTTP
 * @param headers what the caller is told besides, by lower-case names
 * @param trace the names of the hops that led to it
 * @param body not to be changed
 * @param madeMillis when it had come, in milliseconds since 1970
 * @param tellsUsage whether it was asked for with its usage
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Kept(
        int status,
        String contentType,
        Map<String, String> headers,
        List<String> trace,
        byte[] body,
        long madeMillis,
        boolean tellsUsage) {
    /** How large the body of an answer may be to be kept. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int ENTRY_BYTES = 256;

    public Kept {
        headers = Map.copyOf(headers);
        trace = List.copyOf(trace);
    }

    /** About how much memory it takes. */
    public int bytes() {
        int told = headers.entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
        return ENTRY_BYTES + body.length + told;
    }
}
