package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ChunkWriter;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import java.util.HashMap;
import java.util.Map;

/** Anthropic's events into chunks. */
final class AnthropicStream implements Translation {
    /** A call of a tool in the making; {@code hasArguments} once a piece of them has come. */
    private static final class Call {
        final int index;
        final JsonNode input;
        boolean hasArguments;

        Call(int index, JsonNode input) {
            this.index = index;
            this.input = input;
        }
    }

    private final EventSplitter events = new EventSplitter();
    private final ChunkWriter out;
    private final Map<Integer, Call> calls = new HashMap<>(2);
    private int format = -1;
    private int told;
    private String stopReason = "";
    private boolean isOver;
    private volatile Usage usage = Usage.NONE;

    AnthropicStream(String id, long createdSeconds, boolean includeUsage) {
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
        if (!isOver) {
            throw new ChatException(Fault.STREAM_BROKEN, "Anthropic's answer broke off before its end");
        }
        return out.take();
    }

    private void event(Event event) {
        byte[] data = event.data();
        if (data == null || data.length == 0 || isOver) {
            return;
        }
        JsonNode said = Json.object(data, Fault.BACKEND_NONSENSE, "an event of Anthropic's stream");
        switch (said.path("type").asText("")) {
            case "message_start" -> start(said.path("message"));
            case "content_block_start" -> begin(said.path("index").asInt(), said.path("content_block"));
            case "content_block_delta" -> delta(said.path("index").asInt(), said.path("delta"));
            case "content_block_stop" -> complete(said.path("index").asInt());
            case "message_delta" -> {
                stopReason = said.path("delta").path("stop_reason").asText(stopReason);
                usage = AnthropicAnswer.usage(said.path("usage"), usage);
            }
            case "message_stop" -> stop();
            case "error" -> fail(said.path("error"));
            default -> {} // ping, and what is yet to be invented
        }
    }

    private void start(JsonNode message) {
        out.model(message.path("model").asText(""));
        usage = AnthropicAnswer.usage(message.path("usage"), usage);
    }

    private void begin(int block, JsonNode content) {
        switch (content.path("type").asText("")) {
            case "text" -> say("content", content.path("text").asText(""));
            case "thinking" -> say("reasoning_content", content.path("thinking").asText(""));
            case "tool_use" -> {
                if (content.path("name").asText("").equals(AnswerFormat.TOOL)) {
                    format = block;
                } else {
                    call(block, content);
                }
            }
            default -> {}
        }
    }

    private void call(int block, JsonNode content) {
        Call call = new Call(told++, content.path("input"));
        calls.put(block, call);
        ObjectNode delta = Json.object();
        ObjectNode said = delta.putArray("tool_calls")
                .addObject()
                .put("index", call.index)
                .put("id", content.path("id").asText(""))
                .put("type", "function");
        said.putObject("function").put("name", content.path("name").asText("")).put("arguments", "");
        out.delta(0, delta);
    }

    private void delta(int block, JsonNode delta) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> say("content", delta.path("text").asText(""));
            case "thinking_delta" ->
                say("reasoning_content", delta.path("thinking").asText(""));
            case "input_json_delta" -> {
                String piece = delta.path("partial_json").asText("");
                Call call = calls.get(block);
                if (block == format) {
                    say("content", piece);
                } else if (call != null && !piece.isEmpty()) {
                    argue(call, piece);
                }
            }
            default -> {} // signatures and citations
        }
    }

    /** A call without arguments must have some all the same; some servers send them whole at its beginning. */
    private void complete(int block) {
        Call call = calls.get(block);
        if (call != null && !call.hasArguments) {
            argue(call, call.input.isObject() ? Json.text(call.input) : "{}");
        }
    }

    private void argue(Call call, String piece) {
        call.hasArguments = true;
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", call.index)
                .putObject("function")
                .put("arguments", piece);
        out.delta(0, delta);
    }

    private void say(String key, String text) {
        if (!text.isEmpty()) {
            out.delta(0, Json.object().put(key, text));
        }
    }

    private void stop() {
        isOver = true;
        if (stopReason.isEmpty()) {
            throw new ChatException(Fault.STREAM_BROKEN, "Anthropic's answer ended without saying why");
        }
        out.finish(0, AnthropicAnswer.finishReason(stopReason, told > 0));
        out.end(usage);
    }

    private void fail(JsonNode error) {
        isOver = true;
        String message = error.path("message").asText("no reason given");
        if (out.hasSpoken()) {
            throw new ChatException(Fault.BACKEND_FAILED, "Anthropic failed while answering: " + message);
        }
        out.error(ErrorBody.inStream(AnthropicError.status(error.path("type").asText("")), message, "Anthropic"));
    }
}
