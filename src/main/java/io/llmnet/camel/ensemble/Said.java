package io.llmnet.camel.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.ensemble.Proposal;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Canonical;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Completion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member's answer says.
 *
 * @param json the answer, a whole {@code chat.completion}
 * @param toolCalls what its first choice calls, each canonical
 * @param confidence the geometric mean of its tokens' probabilities; null where they are not told
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Said(
        byte[] json,
        String text,
        List<String> toolCalls,
        @Nullable Double confidence) {
    private static final String FENCE = "```";

    /**
     * Reads an answer.
     *
     * @throws ChatException BACKEND_NONSENSE when it is none
     */
    static Said of(byte[] json) {
        Completion completion = Completion.parse(json);
        ObjectNode tree = Json.object(json, Fault.BACKEND_NONSENSE, "the backend's answer");
        JsonNode choice = tree.path("choices").path(0);
        JsonNode message = choice.path("message");
        String text = completion.text().isEmpty() ? message.path("refusal").asText("") : completion.text();
        return new Said(json, text, toolCalls(message), confidence(choice));
    }

    Proposal proposal(int seat, float @Nullable [] vector, long nanos) {
        return new Proposal(seat, text, canonical(text), toolCalls, vector, confidence, nanos);
    }

    /** What a judge sees of it: the words, or else the tools that it calls. */
    String shown() {
        return toolCalls.isEmpty() ? text : (text + "\n" + String.join("\n", toolCalls)).strip();
    }

    /** A text that is an object or an array, in one form for all that means the same; null where it is neither. */
    private static @Nullable String canonical(String text) {
        String bare = unfenced(text.strip());
        if (!bare.startsWith("{") && !bare.startsWith("[")) {
            return null;
        }
        try {
            return Canonical.text(
                    Json.tree(bare.getBytes(StandardCharsets.UTF_8), Fault.BACKEND_NONSENSE, "the answer"));
        } catch (ChatException noJson) {
            return null;
        }
    }

    /** What stands between the fences of Markdown, where all of it is one block. */
    private static String unfenced(String text) {
        int begin = text.indexOf('\n');
        boolean isFenced = text.startsWith(FENCE) && text.endsWith(FENCE) && begin > 0 && text.length() > begin + 3;
        return isFenced ? text.substring(begin, text.length() - FENCE.length()).strip() : text;
    }

    private static List<String> toolCalls(JsonNode message) {
        List<String> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            calls.add(toolCall(call.path("function")));
        }
        if (message.path("function_call").isObject()) {
            calls.add(toolCall(message.path("function_call")));
        }
        return calls;
    }

    private static String toolCall(JsonNode function) {
        String arguments = function.path("arguments").asText("");
        String same = canonical(arguments);
        return function.path("name").asText() + "(" + (same == null ? arguments.strip() : same) + ")";
    }

    private static @Nullable Double confidence(JsonNode choice) {
        JsonNode tokens = choice.path("logprobs").path("content");
        if (tokens.isEmpty()) {
            return null;
        }
        double sum = 0;
        for (JsonNode token : tokens) {
            if (!token.path("logprob").isNumber()) {
                return null;
            }
            sum += token.path("logprob").asDouble();
        }
        return Math.min(1, Math.exp(sum / tokens.size()));
    }
}
