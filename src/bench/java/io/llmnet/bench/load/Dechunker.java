package io.llmnet.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Takes the body out of a chunked HTTP answer, byte by byte. */
final class Dechunker {
    /** Gets every byte of the body. */
    interface Sink {
        void take(byte b);
    }

    private enum State {
        HEAD,
        SIZE,
        BODY,
        AFTER_BODY,
        END
    }

    private final Sink sink;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    private State state = State.HEAD;
    private int left;

    Dechunker(Sink sink) {
        this.sink = sink;
    }

    /** Throws IllegalStateException when the answer is not a chunked 200. */
    void feed(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            feed(bytes[i]);
        }
    }

    boolean isAtEnd() {
        return state == State.END;
    }

    private void feed(byte b) {
        switch (state) {
            case HEAD -> head(b);
            case SIZE -> size(b);
            case BODY -> body(b);
            case AFTER_BODY -> state = b == '\n' ? State.SIZE : State.AFTER_BODY;
            case END -> throw new IllegalStateException("more after the end");
        }
    }

    private void head(byte b) {
        text.write(b);
        if (b == '\n' && text.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            String head = text.toString(ISO_8859_1).toLowerCase(Locale.ROOT);
            if (!head.startsWith("http/1.1 200") || !head.contains("transfer-encoding: chunked")) {
                throw new IllegalStateException("not a stream: " + head);
            }
            text.reset();
            state = State.SIZE;
        }
    }

    private void size(byte b) {
        if (b != '\n') {
            text.write(b);
            return;
        }
        String size = text.toString(ISO_8859_1).trim();
        text.reset();
        if (!size.isEmpty()) { // the empty line behind the last chunk ends it
            left = Integer.parseInt(size, 16);
            state = left == 0 ? State.SIZE : State.BODY;
        } else {
            state = State.END;
        }
    }

    private void body(byte b) {
        sink.take(b);
        if (--left == 0) {
            state = State.AFTER_BODY;
        }
    }
}
