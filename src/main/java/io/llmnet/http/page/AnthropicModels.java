package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ModelList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models as Anthropic's clients read them: each id once, by pages (CONFORMANCE 41). */
final class AnthropicModels {
    private static final int USUAL = 20;
    private static final int MOST = 1000;

    private AnthropicModels() {}

    /** One page: what comes after {@code after_id}, or before {@code before_id}, at most {@code limit}. */
    static ObjectNode page(List<ModelList.Entry> entries, Visit visit) {
        Map<String, ModelList.Entry> unique = new LinkedHashMap<>();
        entries.forEach(entry -> unique.putIfAbsent(entry.id(), entry));
        List<String> ids = new ArrayList<>(unique.keySet());
        int limit = limit(visit.param("limit"));
        String before = visit.param("before_id");
        int from = 0;
        int to = ids.size();
        if (before != null) {
            to = at(ids, before, "before_id");
            from = Math.max(0, to - limit);
        } else {
            String after = visit.param("after_id");
            from = after == null ? 0 : at(ids, after, "after_id") + 1;
            to = Math.min(ids.size(), from + limit);
        }
        ObjectNode page = Json.object();
        ArrayNode data = page.putArray("data");
        ids.subList(from, to).forEach(id -> data.add(one(unique.getOrDefault(id, new ModelList.Entry(id, "", 0)))));
        return page.put("has_more", before == null ? to < ids.size() : from > 0)
                .put("first_id", from < to ? ids.get(from) : null)
                .put("last_id", from < to ? ids.get(to - 1) : null);
    }

    static ObjectNode one(ModelList.Entry entry) {
        return Json.object()
                .put("type", "model")
                .put("id", entry.id())
                .put("display_name", entry.id())
                .put("created_at", Instant.ofEpochSecond(entry.created()).toString());
    }

    static ObjectNode notFound(String message, @Nullable String requestId) {
        ObjectNode page = Json.object().put("type", "error");
        page.putObject("error").put("type", "not_found_error").put("message", message);
        return page.put("request_id", requestId);
    }

    private static int at(List<String> ids, String id, String key) {
        int at = ids.indexOf(id);
        if (at < 0) {
            throw ChatException.in(key, Fault.BAD_REQUEST, "`" + key + "` names no model that is listed");
        }
        return at;
    }

    private static int limit(@Nullable String written) {
        try {
            int limit = written == null ? USUAL : Integer.parseInt(written);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below, with what is out of range
        }
        throw ChatException.in("limit", Fault.BAD_REQUEST, "`limit` must be a whole number from 1 to " + MOST);
    }
}
