package io.llmnet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a GGUF file says of its model. Read here before native code sees the file, as an assertion in there would end the
 * process where a line of text helps more.
 *
 * @param values single numbers (as Long or Double), flags and texts by key; lists are left out
 * @param bytes the file's size
 */
record Gguf(Map<String, Object> values, long bytes) {
    private static final Set<String> OPENING_MODELS = Set.of("llama", "bert");
    private static final Set<String> OPENING_PREFIXES = Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "pixtral");

    Gguf {
        values = Map.copyOf(values);
    }

    /** Reads a file's head. Throws NodeFailure, with what is wrong with the file, if it is no model to be loaded. */
    static Gguf read(Path file) {
        if (Files.isDirectory(file)) {
            throw new NodeFailure(file + ": is a folder; name a .gguf file in it");
        }
        if (!Files.isRegularFile(file)) {
            throw new NodeFailure(file + ": no such file; give the path of a .gguf model");
        }
        try (GgufReader reader = GgufReader.open(file)) {
            return reader.read();
        } catch (GgufReader.Mangled e) {
            throw new NodeFailure(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NodeFailure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    String architecture() {
        return text("general.architecture").orElse("");
    }

    Optional<String> name() {
        return text("general.name");
    }

    Optional<String> chatTemplate() {
        return text("tokenizer.chat_template");
    }

    /** The context that the model was trained for; 0 if it does not say. */
    int contextLength() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, own("context_length", 0)));
    }

    /** Bytes that one token takes in the context, at 16 bits a number; 0 if it cannot be told. */
    long contextBytesPerToken() {
        long heads = own("attention.head_count", 0);
        long width = heads <= 0 ? 0 : own("embedding_length", 0) / heads;
        long keys = own("attention.key_length", width);
        long values = own("attention.value_length", width);
        return own("block_count", 0) * own("attention.head_count_kv", heads) * (keys + values) * 2;
    }

    /** Whether the tokenizer puts an opening token before each prompt: as the file says, else as its kind does. */
    boolean opensPrompts() {
        if (values.get("tokenizer.ggml.add_bos_token") instanceof Boolean said) {
            return said;
        }
        return text("tokenizer.ggml.model").filter(OPENING_MODELS::contains).isPresent()
                || text("tokenizer.ggml.pre").filter(OPENING_PREFIXES::contains).isPresent();
    }

    /** Whether the tokenizer puts a closing token behind each prompt. */
    boolean closesPrompts() {
        return Boolean.TRUE.equals(values.get("tokenizer.ggml.add_eos_token"));
    }

    private long own(String key, long absent) {
        return values.get(architecture() + "." + key) instanceof Long said ? said : absent;
    }

    private Optional<String> text(String key) {
        return values.get(key) instanceof String said ? Optional.of(said) : Optional.empty();
    }
}
