package io.llmnet.protocol.openai;

import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A caller's request for vectors: of one text or several, in words or in tokens. Immutable; what a part of it does not change
 * is passed on byte for byte.
 */
public final class EmbeddingRequest {
    /** How many inputs OpenAI takes at once. */
    public static final int MOST_INPUTS = 2048;

    /** A part is asked for in floats, which every server knows; what the caller wants is made of them. */
    private static final Set<String> PARTED = Set.of("model", "input", "encoding_format");

    private final byte[] body;
    private final Members members;
    private final List<Span> inputs;
    private final boolean isBase64;

    private EmbeddingRequest(byte[] body, Members members, List<Span> inputs, boolean isBase64) {
        this.body = body;
        this.members = members;
        this.inputs = List.copyOf(inputs);
        this.isBase64 = isBase64;
    }

    /**
     * Reads a request.
     *
     * @throws ChatException BAD_REQUEST naming the parameter that is wrong
     */
    public static EmbeddingRequest parse(byte[] body) {
        Members members = Members.of(body, Fault.MALFORMED_JSON);
        Span input = members.given("input");
        if (input == null) {
            throw wrong("input", "\"input\" is missing; give a text, or an array of texts");
        }
        List<Span> inputs = new EmbeddingInputs(body, input).all();
        if (inputs.size() > MOST_INPUTS) {
            throw wrong("input", "Batch size " + inputs.size() + " exceeds maximum of " + MOST_INPUTS);
        }
        dimensions(members);
        return new EmbeddingRequest(body, members, inputs, isBase64(members));
    }

    /** How many vectors it asks for. */
    public int size() {
        return inputs.size();
    }

    /** Whether the vectors are wanted as base64 of little-endian floats of four bytes. */
    public boolean isBase64() {
        return isBase64;
    }

    /** The request for all vectors, with the backend's name of the model. */
    public byte[] whole(String model) {
        return Head.read(body, Call.Dialect.EMBEDDINGS).withModel(body, model);
    }

    /**
     * The request for some of the vectors, in floats.
     *
     * @param from of the first input
     * @param to after the last input
     */
    public byte[] part(String model, int from, int to) {
        Splice out =
                new Splice(body.length + 64).text("{\"model\":").quoted(model).text(",");
        members.writeBut(PARTED, out);
        out.text("\"input\":[");
        for (int i = from; i < to; i++) {
            out.text(i == from ? "" : ",").raw(body, inputs.get(i));
        }
        return out.text("]}").bytes();
    }

    /** The requests for parts of at most so many vectors, in order. */
    public List<byte[]> parts(String model, int most) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < size(); from += most) {
            parts.add(part(model, from, Math.min(size(), from + most)));
        }
        return parts;
    }

    private static boolean isBase64(Members members) {
        Span format = members.given("encoding_format");
        String said = format == null ? "\"float\"" : members.text(format);
        if (!said.equals("\"float\"") && !said.equals("\"base64\"")) {
            throw wrong("encoding_format", "\"encoding_format\" must be \"float\" or \"base64\"");
        }
        return said.equals("\"base64\"");
    }

    private static void dimensions(Members members) {
        Span dimensions = members.given("dimensions");
        if (dimensions != null && !members.text(dimensions).matches("[1-9][0-9]{0,8}")) {
            throw wrong("dimensions", "\"dimensions\" must be a whole number above 0");
        }
    }

    static ChatException wrong(String param, String why) {
        return ChatException.in(param, Fault.BAD_REQUEST, why);
    }
}
