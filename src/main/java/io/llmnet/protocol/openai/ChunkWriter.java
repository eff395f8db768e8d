package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of {@code chat.completion.chunk}s (CONFORMANCE 11 to 16): one id, time and model for all, the role in the
 * first of each choice, a usage only where it was asked for, the end.
 */
public final class ChunkWriter {
    private final String id;
    private final long createdSeconds;
    private final boolean includeUsage;
    private final Set<Integer> begun = new HashSet<>(2);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private String model = "";
    private boolean hasSpoken;

    public ChunkWriter(String id, long createdSeconds, boolean includeUsage) {
        this.id = id;
        this.createdSeconds = createdSeconds;
        this.includeUsage = includeUsage;
    }

    /** Who answers; the first name counts for all of the stream. */
    public void model(String name) {
        if (model.isEmpty()) {
            model = name;
        }
    }

    /** Whether anything was written that the caller must see: a stream that fails before that has failed quietly. */
    public boolean hasSpoken() {
        return hasSpoken;
    }

    /** One piece of a choice's message. */
    public void delta(int index, ObjectNode piece) {
        hasSpoken = true;
        choice(index, piece, null);
    }

    /** The end of a choice. */
    public void finish(int index, String reason) {
        hasSpoken = true;
        choice(index, Json.object(), reason);
    }

    /** The end of the stream. */
    public void end(Usage usage) {
        if (includeUsage) {
            ObjectNode chunk = chunk();
            chunk.putArray("choices");
            chunk.set("usage", Usages.json(usage));
            event(chunk);
        }
        out.writeBytes("data: [DONE]\n\n".getBytes(UTF_8));
    }

    /** An error instead of an answer. */
    public void error(byte[] json) {
        out.writeBytes("data: ".getBytes(UTF_8));
        out.writeBytes(json);
        out.writeBytes("\n\n".getBytes(UTF_8));
    }

    /** What was written since it was last taken. */
    public byte[] take() {
        byte[] taken = out.toByteArray();
        out.reset();
        return taken;
    }

    private void choice(int index, ObjectNode piece, @Nullable String reason) {
        ObjectNode delta = piece;
        if (begun.add(index)) {
            delta = Json.object().put("role", "assistant").put("content", "").setAll(piece);
        }
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        event(chunk);
    }

    private ObjectNode chunk() {
        return Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", createdSeconds)
                .put("model", model);
    }

    /** Where usage was asked for, chunks without one say so (CONFORMANCE 16). */
    private void event(ObjectNode chunk) {
        if (includeUsage && !chunk.has("usage")) {
            chunk.putNull("usage");
        }
        out.writeBytes("data: ".getBytes(UTF_8));
        out.writeBytes(Json.bytes(chunk));
        out.writeBytes("\n\n".getBytes(UTF_8));
    }
}
