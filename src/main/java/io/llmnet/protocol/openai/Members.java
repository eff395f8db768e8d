package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one object of a body, as places in it, in order; of keys that come twice the last counts. */
final class Members {
    private final byte[] body;
    private final Map<String, Span> values;

    private Members(byte[] body, Map<String, Span> values) {
        this.body = body;
        this.values = values;
    }

    /** The members of the object that the body is; for one that is something else, none. */
    static Members of(byte[] body, Fault ifBroken) {
        JsonScanner scan = new JsonScanner(body, ifBroken);
        Map<String, Span> values = new LinkedHashMap<>();
        if (scan.peek() == '{') {
            for (boolean more = scan.open('{'); more; more = scan.more('}')) {
                scan.key();
                String key = scan.keyText();
                int start = scan.at();
                scan.value();
                values.put(key, new Span(start, scan.at()));
            }
        } else {
            scan.value();
        }
        scan.end();
        return new Members(body, values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Where a member's value is; null when it is absent or {@code null}. */
    @Nullable
    Span given(String key) {
        Span span = values.get(key);
        return span == null || body[span.start()] == 'n' ? null : span;
    }

    /** Where a member's value is, {@code null} or not; null when it is absent. */
    @Nullable
    Span value(String key) {
        return values.get(key);
    }

    /** The JSON there. */
    String text(Span span) {
        return new String(body, span.start(), span.end() - span.start(), UTF_8);
    }

    /** Writes all but {@code left} as they are, each with a comma behind it. */
    void writeBut(Set<String> left, Splice out) {
        values.forEach((key, value) -> {
            if (!left.contains(key)) {
                out.quoted(key).text(":").raw(body, value).text(",");
            }
        });
    }
}
