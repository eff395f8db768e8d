package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The {@code usage} of answers: read, and increased by what calls before the answering one have spent. */
public final class Usages {
    private Usages() {}

    /** Reads a usage object; what is missing or no sane count is 0. */
    public static Usage of(@Nullable JsonNode usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        return new Usage(
                count(usage.path("prompt_tokens")),
                count(usage.path("completion_tokens")),
                count(usage.path("prompt_tokens_details").path("cached_tokens")),
                count(usage.path("completion_tokens_details").path("reasoning_tokens")));
    }

    /** A usage object in OpenAI's words. */
    public static ObjectNode json(Usage usage) {
        ObjectNode json = Json.object();
        increase(json, usage);
        return json;
    }

    /**
     * The same whole answer with {@code spent} added to its usage; all other bytes stay.
     *
     * @throws ChatException BACKEND_NONSENSE when it is no JSON
     */
    public static byte[] add(byte[] answer, Usage spent) {
        Members members = Members.of(answer, Fault.BACKEND_NONSENSE);
        if (spent.isNone() || members.isEmpty()) {
            return answer;
        }
        Span old = members.value("usage");
        return old == null ? with(json(spent), answer) : replaced(old, answer, spent);
    }

    /** Adds {@code spent} to the usage that a stream of events tells at its end; all other bytes stay. */
    public static Transform addToStream(Usage spent) {
        return new UsageAdder(spent);
    }

    /** The same, but only if there is a usage already: a stream tells it once, and some tell another deeper down. */
    static byte[] addIfTold(byte[] chunk, Usage spent) {
        Span old = Members.of(chunk, Fault.BACKEND_NONSENSE).value("usage");
        return old == null || chunk[old.start()] != '{' ? chunk : replaced(old, chunk, spent);
    }

    private static byte[] replaced(Span old, byte[] answer, Usage spent) {
        ObjectNode usage = Json.object();
        if (answer[old.start()] == '{') {
            byte[] theirs = Arrays.copyOfRange(answer, old.start(), old.end());
            usage = Json.object(theirs, Fault.BACKEND_NONSENSE, "the backend's usage");
        }
        increase(usage, spent);
        return new Splice(answer.length + 64)
                .raw(answer, 0, old.start())
                .raw(Json.bytes(usage))
                .raw(answer, old.end(), answer.length)
                .bytes();
    }

    private static byte[] with(ObjectNode usage, byte[] answer) {
        int close = answer.length - 1;
        while (answer[close] != '}') {
            close--;
        }
        return new Splice(answer.length + 128)
                .raw(answer, 0, close)
                .text(",\"usage\":")
                .raw(Json.bytes(usage))
                .raw(answer, close, answer.length)
                .bytes();
    }

    private static void increase(ObjectNode usage, Usage spent) {
        Usage sum = of(usage).plus(spent);
        long total =
                usage.has("total_tokens") ? count(usage.path("total_tokens")) + spent.totalTokens() : sum.totalTokens();
        usage.put("prompt_tokens", sum.promptTokens());
        usage.put("completion_tokens", sum.completionTokens());
        usage.put("total_tokens", total);
        detail(usage, "prompt_tokens_details", "cached_tokens", sum.cachedTokens());
        detail(usage, "completion_tokens_details", "reasoning_tokens", sum.reasoningTokens());
    }

    private static void detail(ObjectNode usage, String group, String key, long count) {
        boolean hasGroup = usage.path(group).isObject();
        if (count == 0 && !(hasGroup && usage.path(group).has(key))) {
            return;
        }
        ObjectNode details = hasGroup ? (ObjectNode) usage.path(group) : usage.putObject(group);
        details.put(key, count);
    }

    private static long count(JsonNode number) {
        return number.isNumber() && number.canConvertToLong() ? Math.max(0, number.longValue()) : 0;
    }
}
