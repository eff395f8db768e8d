package io.llmnet.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small GGUF files: a head, one tensor, and some bytes for it. */
final class GgufFile {
    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private int count;

    static GgufFile llama() {
        return new GgufFile()
                .text("general.architecture", "llama")
                .text("general.name", "Small")
                .number("llama.context_length", 2048)
                .number("llama.block_count", 2)
                .number("llama.embedding_length", 64)
                .number("llama.attention.head_count", 4)
                .number("llama.attention.head_count_kv", 2)
                .text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.tokens", List.of("a", "b", "c"))
                .text("tokenizer.chat_template", "{{ messages }}");
    }

    GgufFile text(String key, String value) {
        begin(key, 8);
        put(value);
        return this;
    }

    GgufFile number(String key, int value) {
        begin(key, 4);
        put(4, value);
        return this;
    }

    GgufFile flag(String key, boolean value) {
        begin(key, 7);
        put(1, value ? 1 : 0);
        return this;
    }

    GgufFile texts(String key, List<String> values) {
        begin(key, 9);
        put(4, 8);
        put(8, values.size());
        values.forEach(this::put);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("GGUF".getBytes(StandardCharsets.UTF_8));
        all.writeBytes(little(4, 3));
        all.writeBytes(little(8, 1));
        all.writeBytes(little(8, count));
        all.writeBytes(pairs.toByteArray());
        all.writeBytes(little(8, 1));
        all.writeBytes("t".getBytes(StandardCharsets.UTF_8));
        all.writeBytes(little(4, 1));
        all.writeBytes(little(8, 8));
        all.writeBytes(little(4, 0));
        all.writeBytes(little(8, 0));
        all.writeBytes(new byte[96]);
        return all.toByteArray();
    }

    Path in(Path folder) {
        return write(folder, bytes());
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("small.gguf"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(String key, int type) {
        count++;
        put(key);
        put(4, type);
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(8, bytes.length);
        pairs.writeBytes(bytes);
    }

    private void put(int width, long value) {
        pairs.writeBytes(little(width, value));
    }

    private static byte[] little(int width, long value) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return java.util.Arrays.copyOf(all, width);
    }
}
