package io.llmnet.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What every stream that we write must keep: CONFORMANCE 11 to 16. */
public final class Conformant {
    private static final Set<String> REASONS = Set.of("stop", "length", "tool_calls", "content_filter");

    private Conformant() {}

    /** A call as a client would put it together. */
    private static final class Call {
        String name = "";
        final StringBuilder arguments = new StringBuilder();
    }

    /** Checks a stream; gives the JSON of its events. */
    public static List<ObjectNode> stream(byte[] stream, boolean includeUsage) {
        String text = new String(stream, UTF_8);
        assertThat(text).endsWith("data: [DONE]\n\n");
        List<ObjectNode> chunks = new ArrayList<>();
        for (String event : text.split("\n\n", -1)) {
            if (!event.isEmpty() && !event.equals("data: [DONE]")) {
                assertThat(event).startsWith("data: {").doesNotContain("\n");
                chunks.add(Json.object(event.substring(6).getBytes(UTF_8), Fault.INTERNAL, event));
            }
        }
        shells(chunks);
        usages(chunks, includeUsage);
        choices(chunks);
        return chunks;
    }

    private static void shells(List<ObjectNode> chunks) {
        assertThat(chunks).isNotEmpty();
        ObjectNode first = chunks.get(0);
        for (ObjectNode chunk : chunks) {
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("id")).isEqualTo(first.path("id"));
            assertThat(chunk.path("created")).isEqualTo(first.path("created"));
            assertThat(chunk.path("model")).isEqualTo(first.path("model"));
            assertThat(chunk.path("model").asText()).isNotEmpty();
            assertThat(chunk.path("choices").isArray()).isTrue();
        }
    }

    private static void usages(List<ObjectNode> chunks, boolean includeUsage) {
        ObjectNode last = chunks.get(chunks.size() - 1);
        assertThat(last.path("choices").isEmpty()).isEqualTo(includeUsage);
        for (int i = 0; i < chunks.size(); i++) {
            ObjectNode chunk = chunks.get(i);
            boolean isLast = i == chunks.size() - 1;
            assertThat(chunk.has("usage")).isEqualTo(includeUsage);
            assertThat(chunk.path("usage").isObject()).isEqualTo(includeUsage && isLast);
        }
        if (includeUsage) {
            JsonNode usage = last.path("usage");
            assertThat(usage.path("total_tokens").asLong())
                    .isEqualTo(usage.path("prompt_tokens").asLong()
                            + usage.path("completion_tokens").asLong());
        }
    }

    private static void choices(List<ObjectNode> chunks) {
        Map<Integer, String> ends = new HashMap<>();
        Map<Integer, Map<Integer, Call>> calls = new HashMap<>();
        for (ObjectNode chunk : chunks) {
            for (JsonNode choice : chunk.path("choices")) {
                int index = choice.path("index").asInt(-1);
                assertThat(index).isBetween(0, 127);
                boolean isFirst = !ends.containsKey(index);
                assertThat(choice.path("delta").has("role")).isEqualTo(isFirst);
                assertThat(ends.getOrDefault(index, ""))
                        .as("nothing follows the end")
                        .isEmpty();
                String reason = choice.path("finish_reason").asText("");
                ends.put(index, choice.path("finish_reason").isNull() ? "" : reason);
                choice.path("delta")
                        .path("tool_calls")
                        .forEach(call -> call(call, calls.computeIfAbsent(index, i -> new TreeMap<>())));
            }
        }
        assertThat(ends.values()).isNotEmpty().isSubsetOf(REASONS);
        ends.forEach((index, reason) -> {
            Map<Integer, Call> made = calls.getOrDefault(index, Map.of());
            assertThat(reason.equals("tool_calls")).isEqualTo(!made.isEmpty());
            made.values().forEach(call -> {
                assertThat(call.name).isNotEmpty();
                Json.object(call.arguments.toString().getBytes(UTF_8), Fault.INTERNAL, "arguments");
            });
        });
    }

    private static void call(JsonNode piece, Map<Integer, Call> calls) {
        int index = piece.path("index").asInt(-1);
        boolean isFirst = !calls.containsKey(index);
        assertThat(index).isBetween(0, 127);
        assertThat(isFirst ? index : 0).isLessThanOrEqualTo(calls.size());
        assertThat(piece.has("id")).isEqualTo(isFirst);
        assertThat(piece.path("type").asText("")).isEqualTo(isFirst ? "function" : "");
        assertThat(piece.path("function").has("name")).isEqualTo(isFirst);
        Call call = calls.computeIfAbsent(index, i -> new Call());
        call.name += piece.path("function").path("name").asText("");
        call.arguments.append(piece.path("function").path("arguments").textValue());
    }
}
