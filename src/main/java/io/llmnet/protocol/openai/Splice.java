package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.protocol.json.JsonString;
import java.io.ByteArrayOutputStream;

/** Bytes put together from pieces of others. */
final class Splice {
    private final ByteArrayOutputStream out;

    Splice(int expected) {
        this.out = new ByteArrayOutputStream(expected);
    }

    Splice raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Splice raw(byte[] bytes, int start, int end) {
        out.write(bytes, start, end - start);
        return this;
    }

    Splice raw(byte[] bytes, Span span) {
        return raw(bytes, span.start(), span.end());
    }

    Splice text(String text) {
        return raw(text.getBytes(UTF_8));
    }

    /** A string of JSON, quoted and escaped. */
    Splice quoted(String text) {
        return raw(JsonString.quote(text));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
