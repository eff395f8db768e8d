package io.llmnet.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.node.Order.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of one answer: whole, or as the events of a stream that all bear one id, time and model. */
final class Shape {
    /** Ends a stream that went well. */
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final Kind kind;
    private final String id;
    private final long created;
    private final String model;
    private final boolean includeUsage;

    /** @param created in seconds since 1970 */
    Shape(Kind kind, String number, long created, String model, boolean includeUsage) {
        this.kind = kind;
        this.id = (kind == Kind.CHAT ? "chatcmpl-" : "cmpl-") + number;
        this.created = created;
        this.model = model;
        this.includeUsage = includeUsage;
    }

    /** What was said to one prompt. */
    record Told(String text, String finishReason) {}

    byte[] whole(List<Told> all, Usage usage) {
        ObjectNode answer = head(kind == Kind.CHAT ? "chat.completion" : "text_completion");
        var choices = answer.putArray("choices");
        for (int i = 0; i < all.size(); i++) {
            ObjectNode choice = choices.addObject().put("index", i);
            if (kind == Kind.CHAT) {
                choice.putObject("message")
                        .put("role", "assistant")
                        .put("content", all.get(i).text());
            } else {
                choice.put("text", all.get(i).text());
            }
            choice.putNull("logprobs").put("finish_reason", all.get(i).finishReason());
        }
        answer.set("usage", json(usage));
        return bytes(answer);
    }

    /** The event before the first text: who speaks. */
    byte[] opening() {
        ObjectNode event = head("chat.completion.chunk");
        ObjectNode choice = event.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs").putNull("finish_reason");
        return event(event);
    }

    byte[] text(int index, String text) {
        return piece(index, text, null);
    }

    byte[] end(int index, String finishReason) {
        return piece(index, "", finishReason);
    }

    byte[] usage(Usage usage) {
        ObjectNode event = head(kind == Kind.CHAT ? "chat.completion.chunk" : "text_completion");
        event.putArray("choices");
        event.set("usage", json(usage));
        return sse(event);
    }

    /** OpenAI's form of a failure, as a body. */
    static byte[] failure(ChatException why) {
        return bytes(failed(why));
    }

    /** The same within a stream that has begun. */
    static byte[] failureEvent(ChatException why) {
        return sse(failed(why));
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return Fields.JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that cannot be written", e);
        }
    }

    private byte[] piece(int index, String text, @Nullable String finishReason) {
        ObjectNode event = head(kind == Kind.CHAT ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = event.putArray("choices").addObject().put("index", index);
        if (kind != Kind.CHAT) {
            choice.put("text", text);
        } else if (finishReason == null) {
            choice.putObject("delta").put("content", text);
        } else {
            choice.putObject("delta");
        }
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return event(event);
    }

    private byte[] event(ObjectNode event) {
        return sse(includeUsage ? event.putNull("usage") : event);
    }

    private ObjectNode head(String object) {
        return Fields.JSON
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode json(Usage usage) {
        return Fields.JSON
                .createObjectNode()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
    }

    private static ObjectNode failed(ChatException why) {
        ObjectNode body = Fields.JSON.createObjectNode();
        body.putObject("error")
                .put("message", Fields.whole(why.text()))
                .put("type", why.fault().type())
                .put("param", why.param() == null ? null : Fields.whole(why.param()))
                .put("code", why.fault().code());
        return body;
    }

    private static byte[] sse(ObjectNode event) {
        return ("data: " + new String(bytes(event), StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
