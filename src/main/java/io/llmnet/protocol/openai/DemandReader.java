package io.llmnet.protocol.openai;

import io.llmnet.chat.Demand;
import io.llmnet.protocol.json.JsonScanner;

/** Notes what a request needs while its head is read: each method passes one value. Makes no objects but the result. */
final class DemandReader {
    private static final int BYTES_A_TOKEN = 4;

    private final byte[] body;
    private final JsonScanner scan;
    private long textBytes;
    private long toolBytes;
    private long inputTokens;
    private long maxTokens;
    private long maxCompletionTokens;
    private boolean vision;
    private boolean tools;
    private boolean functions;
    private boolean json;
    private boolean userHasSpoken;
    private long said;
    private long user;

    DemandReader(byte[] body, JsonScanner scan) {
        this.body = body;
        this.scan = scan;
    }

    Demand demand() {
        long tokens = Math.max((textBytes + toolBytes) / BYTES_A_TOKEN, inputTokens);
        return new Demand(
                (int) Math.min(Integer.MAX_VALUE, tokens),
                (int) Math.min(Integer.MAX_VALUE, maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens),
                vision,
                tools || functions,
                json,
                said == 0 ? 0 : said ^ user);
    }

    /** Of messages that come twice the last count. */
    void begin() {
        textBytes = 0;
        vision = false;
        userHasSpoken = false;
        said = 0;
    }

    /** One message, an object. */
    void message() {
        int start = scan.at();
        boolean isSystem = false;
        boolean isUser = false;
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            if (scan.isKey("role")) {
                int from = scan.at();
                scan.value();
                int to = scan.at();
                isUser = scan.says("user", from, to);
                isSystem = !isUser && isSystem(from, to);
            } else if (scan.isKey("content")) {
                content();
            } else if (scan.isKey("tool_calls")) {
                counted();
            } else {
                scan.value();
            }
        }
        if (!userHasSpoken && (isUser || isSystem)) {
            said = Fingerprint.of(said, body, start, scan.at()) | 1; // never 0, which is no conversation
            userHasSpoken = isUser;
        }
    }

    /** {@code prompt} and {@code input}: a text, several, the tokens of one, or of several. */
    void inputs() {
        inputTokens = 0;
        int kind = scan.peek();
        int start = scan.at();
        if (kind != '[') {
            scan.value();
            inputTokens = kind == '"' ? tokens(start) : 0;
            return;
        }
        long numbers = 0;
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            int inner = scan.peek();
            int from = scan.at();
            if (inner == '[') {
                inputTokens = Math.max(inputTokens, items());
            } else {
                scan.value();
                numbers++;
                inputTokens = inner == '"' ? Math.max(inputTokens, tokens(from)) : Math.max(inputTokens, numbers);
            }
        }
    }

    void tools() {
        tools = list();
    }

    void functions() {
        functions = list();
    }

    void maxTokens() {
        maxTokens = number();
    }

    void maxCompletionTokens() {
        maxCompletionTokens = number();
    }

    void responseFormat() {
        json = false;
        if (scan.peek() != '{') {
            scan.value();
            return;
        }
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            boolean isType = scan.isKey("type");
            int start = scan.at();
            scan.value();
            if (isType) {
                json = scan.says("json_object", start, scan.at()) || scan.says("json_schema", start, scan.at());
            }
        }
    }

    void user() {
        scan.peek();
        int start = scan.at();
        scan.value();
        // even, so that what is never 0 stays so
        user = body[start] == '"' ? Fingerprint.of(0, body, start, scan.at()) & ~1L : 0;
    }

    private void content() {
        int kind = scan.peek();
        if (kind == '"') {
            counted();
        } else if (kind == '[') {
            for (boolean more = scan.open('['); more; more = scan.more(']')) {
                if (scan.peek() == '{') {
                    part();
                } else {
                    scan.value();
                }
            }
        } else {
            scan.value();
        }
    }

    private void part() {
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            if (scan.isKey("text")) {
                counted();
            } else if (scan.isKey("type")) {
                int start = scan.at();
                scan.value();
                vision |= scan.says("image_url", start, scan.at()) || scan.says("input_image", start, scan.at());
            } else {
                scan.value();
            }
        }
    }

    private boolean isSystem(int start, int end) {
        return scan.says("system", start, end) || scan.says("developer", start, end);
    }

    private void counted() {
        int start = scan.at();
        scan.value();
        textBytes += scan.at() - start;
    }

    /** Whether it is an array of something; what tools say of themselves is read by the model as well. */
    private boolean list() {
        int kind = scan.peek();
        int start = scan.at();
        scan.value();
        if (kind != '[' || isEmpty(start + 1)) {
            return false;
        }
        toolBytes += scan.at() - start;
        return true;
    }

    private boolean isEmpty(int inside) {
        int at = inside;
        while (body[at] <= ' ' && body[at] >= 0) {
            at++;
        }
        return body[at] == ']';
    }

    private long items() {
        long items = 0;
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            scan.value();
            items++;
        }
        return items;
    }

    private int tokens(int start) {
        return (scan.at() - start - 2 + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }

    /** A whole number of more than nothing; whatever else stands there is the backend's to refuse. */
    private long number() {
        scan.peek();
        int start = scan.at();
        scan.value();
        long number = 0;
        for (int at = start; at < scan.at(); at++) {
            int digit = body[at] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = Math.min(Integer.MAX_VALUE, number * 10 + digit);
        }
        return number;
    }
}
