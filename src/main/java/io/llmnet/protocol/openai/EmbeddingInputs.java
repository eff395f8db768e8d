package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;

/** Finds each input of a request for vectors: a text, or an array of tokens. */
final class EmbeddingInputs {
    private static final String EMPTY = "Input must not be empty";
    private static final String KINDS =
            "\"input\" must be a text, an array of texts, an array of tokens or an array of those";

    private final byte[] body;
    private final JsonScanner scan;
    private final Span input;

    EmbeddingInputs(byte[] body, Span input) {
        this.body = body;
        this.scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        this.input = input;
        scan.jump(input.start());
    }

    List<Span> all() {
        int kind = scan.peek();
        if (kind == '"') {
            return List.of(text("input"));
        }
        if (kind != '[') {
            throw EmbeddingRequest.wrong("input", KINDS);
        }
        if (!scan.open('[')) {
            throw EmbeddingRequest.wrong("input", EMPTY);
        }
        return isNumber(scan.peek()) ? oneOfTokens() : several();
    }

    /** Tokens stand for one input, the array that they are in. */
    private List<Span> oneOfTokens() {
        tokens("input");
        return List.of(input);
    }

    private List<Span> several() {
        List<Span> all = new ArrayList<>();
        int kind = scan.peek();
        do {
            String place = "input[" + all.size() + "]";
            if (scan.peek() != kind || (kind != '"' && kind != '[')) {
                throw EmbeddingRequest.wrong(place, KINDS);
            }
            all.add(kind == '"' ? text(place) : array(place));
        } while (scan.more(']'));
        return all;
    }

    private Span text(String place) {
        int start = scan.at();
        scan.value();
        if (scan.at() - start == 2) {
            throw EmbeddingRequest.wrong(place, EMPTY);
        }
        return new Span(start, scan.at());
    }

    private Span array(String place) {
        int start = scan.at();
        if (!scan.open('[')) {
            throw EmbeddingRequest.wrong(place, EMPTY);
        }
        tokens(place);
        return new Span(start, scan.at());
    }

    /** The tokens of an array that has been entered. */
    private void tokens(String place) {
        int count = 0;
        do {
            int kind = scan.peek();
            int start = scan.at();
            scan.value();
            if (!isNumber(kind) || !isWhole(start)) {
                throw token(place + "[" + count + "]");
            }
            count++;
        } while (scan.more(']'));
    }

    private boolean isWhole(int start) {
        for (int at = start; at < scan.at(); at++) {
            if (!isNumber(body[at])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static ChatException token(String place) {
        return EmbeddingRequest.wrong(place, "a token must be a whole number");
    }
}
