package io.llmnet.protocol.sse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One choice of a stream on its way to be whole: texts are joined, tool calls filled by index, the rest is kept. */
final class ChoiceCollector {
    private static final Set<String> TEXTS = Set.of("content", "reasoning_content", "reasoning", "refusal");

    private final ObjectNode choice = Json.object();
    private final ObjectNode message = Json.object();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<Integer, ToolCall> calls = new TreeMap<>();

    /** A call; its arguments come in pieces. */
    private static final class ToolCall {
        final ObjectNode call = Json.object();
        final ObjectNode function = Json.object();
        final StringBuilder arguments = new StringBuilder();

        void add(JsonNode piece) {
            keep(piece, call, Set.of("index", "function"));
            keep(piece.path("function"), function, Set.of("arguments"));
            arguments.append(piece.path("function").path("arguments").asText(""));
        }

        ObjectNode whole() {
            function.put("arguments", arguments.toString());
            return call.set("function", function);
        }
    }

    void add(JsonNode piece) {
        keep(piece, choice, Set.of("index", "delta", "logprobs"));
        JsonNode delta = piece.path("delta");
        keep(delta, message, Set.of("content", "reasoning_content", "reasoning", "refusal", "tool_calls"));
        for (String key : TEXTS) {
            if (delta.path(key).isTextual()) {
                texts.computeIfAbsent(key, k -> new StringBuilder())
                        .append(delta.path(key).textValue());
            }
        }
        delta.path("tool_calls").forEach(this::addCall);
        piece.path("logprobs").properties().forEach(member -> addLogprobs(member.getKey(), member.getValue()));
    }

    boolean isFinished() {
        return choice.hasNonNull("finish_reason");
    }

    ObjectNode choice(int index) {
        ObjectNode whole = Json.object().put("index", index);
        ObjectNode said = Json.object().put("role", "assistant").putNull("content");
        said.setAll(message);
        texts.forEach((key, text) -> said.put(key, text.toString()));
        if (!calls.isEmpty()) {
            ArrayNode all = said.putArray("tool_calls");
            calls.values().forEach(call -> all.add(call.whole()));
        }
        whole.set("message", said);
        whole.putNull("finish_reason");
        return whole.setAll(choice);
    }

    private void addCall(JsonNode piece) {
        int index = piece.path("index").asInt(calls.size()); // some servers send whole calls, and no index
        calls.computeIfAbsent(index, i -> new ToolCall()).add(piece);
    }

    private void addLogprobs(String key, JsonNode tokens) {
        if (tokens instanceof ArrayNode array) {
            choice.withObjectProperty("logprobs").withArrayProperty(key).addAll(array);
        }
    }

    private static void keep(JsonNode from, ObjectNode to, Set<String> but) {
        from.properties().forEach(member -> {
            if (!but.contains(member.getKey()) && !member.getValue().isNull()) {
                to.set(member.getKey(), member.getValue());
            }
        });
    }
}
