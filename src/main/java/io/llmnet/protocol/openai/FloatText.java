package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** A vector in JSON: an array of numbers, or base64 of little-endian floats of four bytes. */
final class FloatText {
    private FloatText() {}

    /** The numbers of either form; none when it is neither. */
    static float[] read(byte[] json) {
        return of(Json.tree(json, Fault.BACKEND_NONSENSE, "a vector"));
    }

    /** The same of a tree. */
    static float[] of(JsonNode vector) {
        if (vector.isTextual()) {
            return decoded(vector.textValue());
        }
        float[] numbers = new float[vector.size()];
        for (int at = 0; at < numbers.length; at++) {
            if (!vector.path(at).isNumber()) {
                return new float[0];
            }
            numbers[at] = vector.get(at).floatValue();
        }
        return numbers;
    }

    /** A JSON string of base64. */
    static byte[] base64(float[] numbers) {
        ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(numbers);
        return ('"' + new String(Base64.getEncoder().encode(raw.array()), ISO_8859_1) + '"').getBytes(UTF_8);
    }

    /** A JSON array of numbers. */
    static byte[] array(float[] numbers) {
        StringBuilder text = new StringBuilder(12 * numbers.length + 2).append('[');
        for (int at = 0; at < numbers.length; at++) {
            text.append(at == 0 ? "" : ",").append(Float.isFinite(numbers[at]) ? numbers[at] : 0f);
        }
        return text.append(']').toString().getBytes(UTF_8);
    }

    private static float[] decoded(String base64) {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new float[0];
        }
        if (raw.length % 4 != 0) {
            return new float[0];
        }
        float[] numbers = new float[raw.length / 4];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }
}
