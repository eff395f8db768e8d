package io.llmnet.protocol.openai;

import io.llmnet.chat.Call;
import io.llmnet.chat.Demand;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.json.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * What a door must know of a request, found in one pass over its bytes.
 *
 * @param model the model that was named; null when there was none, or {@code null}
 * @param includeUsage whether {@code stream_options.include_usage} was asked for
 * @param modelStart offset of the model's value, with its quotes; -1 when the key is absent
 * @param modelEnd offset behind the model's value
 * @param open offset of the object's opening brace
 * @param demand what it asks of whoever answers
 */
public record Head(
        @Nullable String model,
        boolean stream,
        boolean includeUsage,
        int modelStart,
        int modelEnd,
        int open,
        Demand demand) {

    /**
     * Reads and checks the whole syntax, and the types of what it knows.
     *
     * @throws ChatException MALFORMED_JSON with line and column, or BAD_REQUEST naming the parameter
     */
    public static Head read(byte[] body, Call.Dialect dialect) {
        return new HeadReader(body, dialect).head();
    }

    /** Where the model stands in the body, or where it would. */
    public Call.Span modelAt() {
        return modelStart >= 0 ? new Call.Span(modelStart, modelEnd) : new Call.Span(open + 1, open + 1);
    }

    /** The same bytes with another model; nothing else changes. */
    public byte[] withModel(byte[] body, String other) {
        return withModel(body, modelAt(), other);
    }

    /** The same bytes with another model at {@code place}, which {@link #modelAt} has told. */
    public static byte[] withModel(byte[] body, Call.Span place, String other) {
        byte[] quoted = JsonString.quote(other);
        Splice out = new Splice(body.length + quoted.length + 10).raw(body, 0, place.start());
        if (place.start() < place.end()) {
            out.raw(quoted);
        } else {
            out.text("\"model\":").raw(quoted).text(isEmpty(body, place.start()) ? "" : ",");
        }
        return out.raw(body, place.end(), body.length).bytes();
    }

    /** Where the model stands in what {@link #withModel(byte[], Call.Span, String)} has made. */
    public static Call.Span placeOf(Call.Span place, String other) {
        int start = place.start() < place.end() ? place.start() : place.start() + "\"model\":".length();
        return new Call.Span(start, start + JsonString.quote(other).length);
    }

    private static boolean isEmpty(byte[] body, int inside) {
        int at = inside;
        while (body[at] <= ' ') {
            at++;
        }
        return body[at] == '}';
    }
}
