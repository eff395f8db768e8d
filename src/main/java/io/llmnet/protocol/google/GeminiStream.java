package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ChunkWriter;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gemini's events, each an answer in small, into chunks. They end without a mark: when each candidate has said why. */
final class GeminiStream implements Translation {
    private final String id;
    private final EventSplitter events = new EventSplitter();
    private final ChunkWriter out;
    private final Map<Integer, GeminiParts> candidates = new HashMap<>(2);
    private final Set<Integer> finished = new HashSet<>(2);
    private boolean isFailed;
    private volatile Usage usage = Usage.NONE;

    GeminiStream(String id, long createdSeconds, boolean includeUsage) {
        this.id = id;
        this.out = new ChunkWriter(id, createdSeconds, includeUsage);
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            event(event);
        }
        return out.take();
    }

    @Override
    public byte[] end() {
        if (!events.isBetween()) {
            event(events.rest());
        }
        if (!isFailed) {
            if (finished.isEmpty() || !finished.containsAll(candidates.keySet())) {
                throw new ChatException(Fault.STREAM_BROKEN, "Gemini's answer broke off before its end");
            }
            out.end(usage);
        }
        return out.take();
    }

    private void event(Event event) {
        byte[] data = event.data();
        if (data == null || data.length == 0 || isFailed) {
            return;
        }
        ObjectNode said = GeminiAnswer.read(data);
        if (said.has("error")) {
            fail(said.path("error").path("code").asInt(), GeminiError.message(said));
            return;
        }
        out.model(said.path("modelVersion").asText(""));
        if (said.path("usageMetadata").isObject()) {
            usage = GeminiAnswer.usage(said.path("usageMetadata"));
        }
        said.path("candidates").forEach(this::candidate);
        if (GeminiAnswer.isBlocked(said) && finished.add(0)) {
            out.finish(0, "content_filter");
        }
    }

    private void candidate(JsonNode candidate) {
        int index = candidate.path("index").asInt();
        GeminiParts parts = candidates.computeIfAbsent(index, i -> new GeminiParts(id, i, true));
        ObjectNode delta = parts.message(candidate.path("content").path("parts"));
        if (!delta.isEmpty()) {
            out.delta(index, delta);
        }
        String reason = candidate.path("finishReason").asText("");
        if (!reason.isEmpty() && finished.add(index)) {
            finish(index, reason, parts);
        }
    }

    private void finish(int index, String reason, GeminiParts parts) {
        try {
            out.finish(index, GeminiAnswer.finishReason(reason, parts.hasCalls()));
        } catch (ChatException e) {
            fail(e.fault().status(), e.text());
        }
    }

    private void fail(int status, String message) {
        isFailed = true;
        if (out.hasSpoken()) {
            throw new ChatException(Fault.BACKEND_FAILED, "Gemini failed while answering: " + message);
        }
        boolean isStatus = status >= 400 && status < 600;
        out.error(ErrorBody.inStream(isStatus ? status : Fault.BACKEND_FAILED.status(), message, "Gemini"));
    }
}
