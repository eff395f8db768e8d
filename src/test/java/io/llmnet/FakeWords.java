package io.llmnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text as a model server tells it, piece by piece: a JSON document, or the events of a stream. */
final class FakeWords {
    static final int PROMPT_TOKENS = 7;
    static final int COMPLETION_TOKENS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private FakeWords() {}

    static String type(FakeQuestion question) {
        if (!question.stream()) {
            return "application/json";
        }
        return question.wire() == FakeQuestion.Wire.OLLAMA ? "application/x-ndjson" : "text/event-stream";
    }

    /** The pieces of an answer; one where no stream is wanted. */
    static List<byte[]> pieces(FakeQuestion question, String text) {
        return question.stream() ? streamed(question, text) : List.of(bytes(whole(question, text)));
    }

    static byte[] event(ObjectNode json) {
        return ("data: " + json + "\n\n").getBytes(UTF_8);
    }

    /** An OpenAI error body. */
    static ObjectNode error(int status, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", "fake_error")
                .putNull("param")
                .put("code", "fake_" + status);
        return body;
    }

    private static List<byte[]> streamed(FakeQuestion question, String text) {
        List<byte[]> pieces = new ArrayList<>();
        boolean isOllama = question.wire() == FakeQuestion.Wire.OLLAMA;
        for (String word : text.split("(?<= )", -1)) {
            pieces.add(isOllama ? line(ollama(question, word, false)) : event(chunk(question, word, null)));
        }
        if (isOllama) {
            pieces.add(line(ollama(question, "", true)));
            return pieces;
        }
        pieces.add(event(chunk(question, "", "stop")));
        if (question.wantsUsage()) {
            ObjectNode last = chunk(question, "", null);
            last.putArray("choices");
            usage(last);
            pieces.add(event(last));
        }
        pieces.add("data: [DONE]\n\n".getBytes(UTF_8));
        return pieces;
    }

    private static ObjectNode whole(FakeQuestion question, String text) {
        return switch (question.wire()) {
            case OLLAMA -> ollama(question, text, true);
            case CHAT -> {
                ObjectNode answer = head(question, "chat.completion");
                answer.withArray("choices")
                        .addObject()
                        .put("index", 0)
                        .put("finish_reason", "stop")
                        .putObject("message")
                        .put("role", "assistant")
                        .put("content", text);
                usage(answer);
                yield answer;
            }
            case COMPLETIONS -> {
                ObjectNode answer = head(question, "text_completion");
                answer.withArray("choices")
                        .addObject()
                        .put("index", 0)
                        .put("text", text)
                        .put("finish_reason", "stop");
                usage(answer);
                yield answer;
            }
        };
    }

    static ObjectNode chunk(FakeQuestion question, String word, @Nullable String finish) {
        boolean isChat = question.wire() == FakeQuestion.Wire.CHAT;
        ObjectNode chunk = head(question, isChat ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
        if (!isChat) {
            choice.put("text", word);
        } else if (finish == null) {
            choice.putObject("delta").put("role", "assistant").put("content", word);
        } else {
            choice.putObject("delta");
        }
        choice.put("finish_reason", finish);
        return chunk;
    }

    private static ObjectNode ollama(FakeQuestion question, String text, boolean done) {
        ObjectNode line = JSON.createObjectNode();
        line.put("model", question.model()).put("created_at", "2026-01-01T00:00:00Z");
        line.putObject("message").put("role", "assistant").put("content", text);
        line.put("done", done);
        if (done) {
            line.put("done_reason", "stop").put("prompt_eval_count", PROMPT_TOKENS);
            line.put("eval_count", COMPLETION_TOKENS).put("total_duration", 5);
        }
        return line;
    }

    static ObjectNode head(FakeQuestion question, String object) {
        ObjectNode head = JSON.createObjectNode();
        return head.put("id", "fake-1")
                .put("object", object)
                .put("created", 1_700_000_000)
                .put("model", question.model());
    }

    static void usage(ObjectNode answer) {
        answer.putObject("usage")
                .put("prompt_tokens", PROMPT_TOKENS)
                .put("completion_tokens", COMPLETION_TOKENS)
                .put("total_tokens", PROMPT_TOKENS + COMPLETION_TOKENS);
    }

    static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(UTF_8);
    }

    private static byte[] line(ObjectNode json) {
        return (json + "\n").getBytes(UTF_8);
    }
}
