package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Answers that we tell ourselves: what several models said, or what came whole and is wanted as a stream. */
public final class Spoken {
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] BREAK = "\n\n".getBytes(US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(US_ASCII);

    private Spoken() {}

    /** A {@code chat.completion} of one choice. */
    public static byte[] completion(String id, long createdSeconds, String model, String text) {
        ObjectNode answer = Json.object();
        answer.put("id", id)
                .put("object", "chat.completion")
                .put("created", createdSeconds)
                .put("model", model);
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.putNull("logprobs").put("finish_reason", "stop");
        return Json.bytes(answer);
    }

    /** The same answer with this usage in place of its own. */
    public static byte[] withUsage(byte[] completion, Usage usage) {
        ObjectNode answer = Json.object(completion, Fault.BACKEND_NONSENSE, "the backend's answer");
        ObjectNode told = answer.putObject("usage");
        told.put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        if (usage.cachedTokens() > 0) {
            told.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        }
        if (usage.reasoningTokens() > 0) {
            told.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        }
        return Json.bytes(answer);
    }

    /** A chat request of one prompt. */
    public static byte[] prompt(
            String model,
            @Nullable String system,
            String prompt,
            @Nullable Double temperature,
            @Nullable Integer maxTokens) {
        ObjectNode body = Json.object().put("model", model).put("stream", false);
        ArrayNode messages = body.putArray("messages");
        if (system != null) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").put("content", prompt);
        if (temperature != null) {
            body.put("temperature", temperature);
        }
        if (maxTokens != null) {
            body.put("max_tokens", maxTokens);
        }
        return Json.bytes(body);
    }

    /** A whole answer of the older completions as a stream: its events have the answer's own shape. */
    public static byte[] asOneEvent(byte[] completion) {
        JsonNode tree = Json.tree(completion, Fault.BACKEND_NONSENSE, "the backend's answer");
        return new Splice(completion.length + 32)
                .raw(DATA)
                .raw(Json.bytes(tree))
                .raw(BREAK)
                .raw(DONE)
                .bytes();
    }

    /** An error body that came whole, as the last event of a stream that has already begun. */
    public static byte[] errorEvent(byte[] error) {
        JsonNode tree = Json.tree(error, Fault.BACKEND_NONSENSE, "an error");
        return new Splice(error.length + 16)
                .raw(DATA)
                .raw(Json.bytes(tree))
                .raw(BREAK)
                .bytes();
    }

    /** A whole {@code chat.completion} as the events of a stream: what was said, why it ended, and {@code [DONE]}. */
    public static byte[] asStream(byte[] completion, boolean includeUsage) {
        ObjectNode answer = Json.object(completion, Fault.BACKEND_NONSENSE, "the backend's answer");
        JsonNode choices = answer.path("choices");
        JsonNode usage = answer.remove("usage");
        ObjectNode frame = answer.put("object", "chat.completion.chunk");
        ByteArrayOutputStream out = new ByteArrayOutputStream(completion.length + 512);
        for (JsonNode choice : choices) {
            event(frame, said(choice), out);
        }
        for (JsonNode choice : choices) {
            event(frame, ended(choice), out);
        }
        if (includeUsage && usage != null) {
            frame.putArray("choices");
            frame.set("usage", usage);
            event(frame, out);
        }
        out.writeBytes(DONE);
        return out.toByteArray();
    }

    private static ObjectNode said(JsonNode choice) {
        ObjectNode delta = choice.path("message") instanceof ObjectNode message ? message.deepCopy() : Json.object();
        delta.put("role", "assistant");
        if (delta.path("tool_calls") instanceof ArrayNode calls) {
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i) instanceof ObjectNode call) {
                    call.put("index", i);
                }
            }
        }
        ObjectNode piece = Json.object().put("index", choice.path("index").asInt());
        piece.set("delta", delta);
        if (choice.hasNonNull("logprobs")) {
            piece.set("logprobs", choice.get("logprobs"));
        }
        return piece.putNull("finish_reason");
    }

    private static ObjectNode ended(JsonNode choice) {
        ObjectNode piece = Json.object().put("index", choice.path("index").asInt());
        piece.putObject("delta");
        return piece.put("finish_reason", choice.path("finish_reason").asText("stop"));
    }

    private static void event(ObjectNode frame, ObjectNode choice, ByteArrayOutputStream out) {
        frame.putArray("choices").add(choice);
        event(frame, out);
    }

    private static void event(ObjectNode frame, ByteArrayOutputStream out) {
        out.writeBytes(DATA);
        out.writeBytes(Json.bytes(frame));
        out.writeBytes(BREAK);
    }
}
