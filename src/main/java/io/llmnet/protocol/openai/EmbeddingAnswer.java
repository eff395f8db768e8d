package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.json.JsonScanner;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the answers to a request's parts the one that the caller wants: in the order of the inputs, in the form that was
 * asked for, with the sum of what they used. Numbers that need no change keep their digits.
 */
public final class EmbeddingAnswer {
    private final boolean isBase64;
    private final byte[][] vectors;
    private int filled;
    private @Nullable String model;
    private long promptTokens;
    private long totalTokens;

    private EmbeddingAnswer(int size, boolean isBase64) {
        this.vectors = new byte[size][];
        this.isBase64 = isBase64;
    }

    /**
     * The whole answer. One that is whole by itself, and of the form that was asked for, is passed on byte for byte.
     *
     * @param parts the answers, in the order of {@link EmbeddingRequest#parts}
     * @param sizes how many vectors each must have
     * @throws ChatException BACKEND_NONSENSE when one lacks a vector
     */
    public static byte[] join(EmbeddingRequest request, List<byte[]> parts, List<Integer> sizes) {
        EmbeddingAnswer answer = new EmbeddingAnswer(request.size(), request.isBase64());
        boolean fits = true;
        for (int i = 0; i < parts.size(); i++) {
            fits &= answer.add(parts.get(i), sizes.get(i));
        }
        if (answer.filled < request.size()) {
            throw nonsense();
        }
        return fits && parts.size() == 1 ? parts.get(0) : answer.bytes();
    }

    /** Adds one part; tells whether it is as it must be already. */
    private boolean add(byte[] part, int size) {
        Members members = Members.of(part, Fault.BACKEND_NONSENSE);
        Span data = members.value("data");
        if (data == null || part[data.start()] != '[') {
            throw nonsense();
        }
        boolean fits = true;
        int count = 0;
        JsonScanner scan = new JsonScanner(part, Fault.BACKEND_NONSENSE);
        scan.jump(data.start());
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            fits &= item(part, scan, count++, size);
        }
        if (count != size) {
            throw nonsense();
        }
        filled += size;
        usage(part, members);
        Span name = members.given("model");
        if (model == null && name != null) {
            model = members.text(name);
        }
        return fits;
    }

    private boolean item(byte[] part, JsonScanner scan, int count, int size) {
        int index = count;
        Span vector = null;
        if (scan.peek() != '{') {
            throw nonsense();
        }
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            boolean isIndex = scan.isKey("index");
            boolean isVector = scan.isKey("embedding");
            Span value = value(scan);
            if (isIndex) {
                index = number(part, value);
            } else if (isVector) {
                vector = value;
            }
        }
        boolean isNew = vector != null && index >= 0 && index < size && vectors[filled + index] == null;
        if (vector == null || !isNew) {
            throw nonsense();
        }
        boolean isSame = (part[vector.start()] == '"') == isBase64;
        vectors[filled + index] =
                isSame ? Arrays.copyOfRange(part, vector.start(), vector.end()) : changed(part, vector);
        return isSame && index == count;
    }

    private byte[] changed(byte[] part, Span vector) {
        byte[] json = Arrays.copyOfRange(part, vector.start(), vector.end());
        float[] numbers = FloatText.read(json);
        if (numbers.length == 0) {
            throw nonsense();
        }
        return isBase64 ? FloatText.base64(numbers) : FloatText.array(numbers);
    }

    private void usage(byte[] part, Members members) {
        Span usage = members.given("usage");
        if (usage != null && part[usage.start()] == '{') {
            byte[] json = Arrays.copyOfRange(part, usage.start(), usage.end());
            var told = Json.object(json, Fault.BACKEND_NONSENSE, "the usage");
            long prompt = Math.max(0, told.path("prompt_tokens").asLong());
            promptTokens += prompt;
            totalTokens += Math.max(0, told.path("total_tokens").asLong(prompt));
        }
    }

    private byte[] bytes() {
        int length =
                Arrays.stream(vectors).mapToInt(vector -> vector.length + 64).sum();
        Splice out = new Splice(length + 128).text("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < vectors.length; i++) {
            out.text((i == 0 ? "" : ",") + "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":")
                    .raw(vectors[i])
                    .text("}");
        }
        return out.text("],\"model\":" + (model == null ? "\"\"" : model))
                .text(",\"usage\":{\"prompt_tokens\":" + promptTokens + ",\"total_tokens\":" + totalTokens + "}}")
                .bytes();
    }

    private static Span value(JsonScanner scan) {
        int start = scan.at();
        scan.value();
        return new Span(start, scan.at());
    }

    private static int number(byte[] part, Span span) {
        int number = 0;
        for (int at = span.start(); at < span.end(); at++) {
            int digit = part[at] - '0';
            if (digit < 0 || digit > 9 || number > EmbeddingRequest.MOST_INPUTS) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static ChatException nonsense() {
        return EmbeddingBody.nonsense(null);
    }
}
