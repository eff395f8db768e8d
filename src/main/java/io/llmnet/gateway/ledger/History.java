package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcome;
import io.llmnet.protocol.json.Json;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last thousand requests. Safe from any thread. */
public final class History implements Consumer<Outcome> {
    private static final int MOST = 1000;
    private static final int SHOWN = 100;
    private static final int LONGEST_MESSAGE = 1000;

    private final ArrayDeque<Outcome> last = new ArrayDeque<>(MOST);

    @Override
    public synchronized void accept(Outcome outcome) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        last.addLast(outcome);
    }

    /** The last requests, oldest first, and no more than that. */
    public synchronized List<Outcome> last(int most) {
        return last.stream().skip(Math.max(0, last.size() - most)).toList();
    }

    /** The last hundred, oldest first, as {@code /v1/history} shows them. */
    public ArrayNode json() {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        last(SHOWN).forEach(outcome -> entries.add(entry(outcome)));
        return entries;
    }

    /** One request, first in Nexus' words, then in ours. */
    public static ObjectNode entry(Outcome outcome) {
        ObjectNode entry = Json.object()
                .put("timestamp", TimeUnit.MILLISECONDS.toSeconds(outcome.startMillis()))
                .put("model", outcome.model())
                .put("backend_id", outcome.backend())
                .put("duration_ms", TimeUnit.NANOSECONDS.toMillis(outcome.nanos()))
                .put("status", outcome.isOk() ? "Success" : "Error")
                .put("error_message", message(outcome));
        entry.put("request_id", outcome.id()).put("status_code", outcome.status());
        entry.put("route_reason", outcome.reason()).put("fallback_for", outcome.fallbackFor());
        entry.put("attempts", outcome.attempts()).put("hedges", outcome.hedges());
        entry.put("stream", outcome.stream());
        entry.put("first_piece_ms", TimeUnit.NANOSECONDS.toMillis(outcome.firstNanos()));
        entry.put("prompt_tokens", outcome.usage().promptTokens());
        entry.put("completion_tokens", outcome.usage().completionTokens());
        return entry.put("cost", outcome.cost());
    }

    private static @Nullable String message(Outcome outcome) {
        String message = outcome.message() == null ? outcome.error() : outcome.message();
        if (outcome.isOk() || message == null) {
            return null;
        }
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
