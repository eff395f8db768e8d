package io.llmnet.protocol.openai;

import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import io.llmnet.protocol.json.JsonString;
import org.jspecify.annotations.Nullable;

/** Finds one value in a body that is JSON, by its path. */
final class FieldReader {
    private final byte[] body;
    private final Members members;

    FieldReader(byte[] body, Members members) {
        this.body = body;
        this.members = members;
    }

    /** What stands there; null when nothing does, or {@code null}. */
    @Nullable
    String text(String path) {
        String[] steps = path.split("\\.", -1);
        Span span = members.value(steps[0]);
        for (int step = 1; step < steps.length && span != null; step++) {
            span = inside(span, steps[step]);
        }
        if (span == null || body[span.start()] == 'n') {
            return null;
        }
        return body[span.start()] == '"' ? JsonString.decode(body, span.start(), span.end()) : members.text(span);
    }

    private @Nullable Span inside(Span span, String step) {
        JsonScanner scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        scan.jump(span.start());
        return switch (body[span.start()]) {
            case '{' -> member(scan, step);
            case '[' -> item(scan, step);
            default -> null;
        };
    }

    /** Of keys that come twice the last counts. */
    private static @Nullable Span member(JsonScanner scan, String key) {
        Span found = null;
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            boolean wanted = scan.isKey(key);
            Span value = value(scan);
            found = wanted ? value : found;
        }
        return found;
    }

    private static @Nullable Span item(JsonScanner scan, String index) {
        int at = 0;
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            Span value = value(scan);
            if (index.equals(Integer.toString(at++))) {
                return value;
            }
        }
        return null;
    }

    private static Span value(JsonScanner scan) {
        scan.peek();
        int start = scan.at();
        scan.value();
        return new Span(start, scan.at());
    }
}
