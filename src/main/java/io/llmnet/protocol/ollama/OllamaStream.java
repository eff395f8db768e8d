package io.llmnet.protocol.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.openai.Usages;
import java.io.ByteArrayOutputStream;

/** Lines of JSON into events: the first has the role, the last the finish reason, then usage if asked, then the end. */
final class OllamaStream implements Translation {
    private static final int MAX_LINE = 16 << 20;
    private static final byte[] NOTHING = {};

    private final OllamaAnswer answer;
    private final boolean includeUsage;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private boolean isBegun;
    private boolean isDone;
    private volatile Usage usage = Usage.NONE;

    OllamaStream(OllamaAnswer answer, boolean includeUsage) {
        this.answer = answer;
        this.includeUsage = includeUsage;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * chunk.length);
        int start = 0;
        for (int at = 0; at < chunk.length; at++) {
            if (chunk[at] == '\n') {
                line.write(chunk, start, at - start);
                start = at + 1;
                flush(out);
            }
        }
        line.write(chunk, start, chunk.length - start);
        if (line.size() > MAX_LINE) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE, "Ollama's stream has a line of more than " + MAX_LINE + " bytes");
        }
        return out.toByteArray();
    }

    @Override
    public byte[] end() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        flush(out);
        if (!isDone) {
            throw new ChatException(Fault.STREAM_BROKEN, "Ollama's answer broke off before its end");
        }
        return out.size() == 0 ? NOTHING : out.toByteArray();
    }

    private void flush(ByteArrayOutputStream out) {
        byte[] json = line.toByteArray();
        line.reset();
        if (!isDone && !new String(json, UTF_8).isBlank()) {
            write(answer.read(json), out);
        }
    }

    private void write(ObjectNode said, ByteArrayOutputStream out) {
        ObjectNode delta = answer.message(said, true);
        if (!isBegun) {
            isBegun = true;
            delta = Json.object().put("role", "assistant").put("content", "").setAll(delta);
        }
        if (!delta.isEmpty()) {
            ObjectNode chunk = answer.chunk(said);
            OllamaAnswer.choice(chunk, "delta", delta, said);
            event(chunk, out);
        }
        if (said.path("done").asBoolean()) {
            isDone = true;
            finish(said, out);
        }
    }

    private void finish(ObjectNode said, ByteArrayOutputStream out) {
        ObjectNode used = OllamaAnswer.usage(said);
        usage = Usages.of(used);
        ObjectNode last = answer.chunk(said);
        OllamaAnswer.choice(last, "delta", Json.object(), Json.object())
                .put("finish_reason", answer.finishReason(said));
        event(last, out);
        if (includeUsage) {
            ObjectNode chunk = answer.chunk(said);
            chunk.putArray("choices");
            chunk.set("usage", used);
            event(chunk, out);
        }
        out.writeBytes("data: [DONE]\n\n".getBytes(UTF_8));
    }

    /** Where usage was asked for, chunks without one say so (CONFORMANCE 16). */
    private void event(ObjectNode chunk, ByteArrayOutputStream out) {
        if (includeUsage && !chunk.has("usage")) {
            chunk.putNull("usage");
        }
        out.writeBytes("data: ".getBytes(UTF_8));
        out.writeBytes(Json.bytes(chunk));
        out.writeBytes("\n\n".getBytes(UTF_8));
    }
}
