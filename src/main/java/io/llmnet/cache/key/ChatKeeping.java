package io.llmnet.cache.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.cache.Keeping;
import io.llmnet.chat.Call;
import io.llmnet.embedding.Embeddings;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Canonical;
import io.llmnet.protocol.json.Json;
import io.llmnet.settings.CacheSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the answer to a chat, a completion or an embedding is kept. */
public final class ChatKeeping {
    /** To read a larger request would hold up others on its thread; it is not kept. */
    static final int LARGEST_BODY = 1 << 20;

    /** Members of a request that change nothing of what is answered. */
    private static final Set<String> BESIDES = Set.of(
            "model", "stream", "stream_options", "user", "metadata", "store", "safety_identifier", "prompt_cache_key");

    /** Headers that have a say in who answers. */
    private static final List<String> CHOOSING = List.of("x-nexus-strict", "x-nexus-flexible");

    private ChatKeeping() {}

    /**
     * How the answer to a call is kept.
     *
     * @param name of what answers: a model, or whatever else callers can name
     */
    public static Keeping of(Call call, String name, CacheSettings settings) {
        CacheControl control = CacheControl.of(call);
        ObjectNode body = control.reads() || control.writes() ? body(call) : null;
        if (body == null) {
            return Keeping.nothing();
        }
        String key = keys("chat", call, name).with("body", Canonical.text(body)).key();
        return new Keeping(
                key,
                settings.ttl(),
                control.reads(),
                control.writes(),
                meaning(call, name, body, settings),
                control.maxAge());
    }

    private static @Nullable ObjectNode body(Call call) {
        if (call.body().length > LARGEST_BODY) {
            return null;
        }
        try {
            return Json.object(call.body(), Fault.MALFORMED_JSON, "the body").remove(BESIDES);
        } catch (ChatException wrong) {
            return null; // who is asked will say what is wrong with it
        }
    }

    private static Keys keys(String what, Call call, String name) {
        Keys keys = Keys.of(what)
                .with("name", name)
                .with("dialect", call.dialect().name())
                .with("tenant", Tenant.of(call))
                // who comes round in a circle must not wait for itself
                .with("hops", Integer.toString(call.hops()))
                .with("form", form(call));
        CHOOSING.forEach(header -> keys.with(header, call.header().apply(header)));
        return keys;
    }

    /** A chat can be told whole or as a stream, however it came. The others are told as they came. */
    private static String form(Call call) {
        if (call.dialect() == Call.Dialect.CHAT || !call.stream()) {
            return "any";
        }
        return call.includeUsage() ? "stream with usage" : "stream";
    }

    private static Keeping.@Nullable Meaning meaning(Call call, String name, ObjectNode body, CacheSettings settings) {
        Double threshold = settings.semantic();
        if (threshold == null || call.dialect() != Call.Dialect.CHAT) {
            return null;
        }
        JsonNode messages = body.path("messages");
        if (!(messages.path(messages.size() - 1) instanceof ObjectNode last)
                || !last.path("role").asText().equals("user")) {
            return null;
        }
        String question = last.path("content").asText();
        if (!last.path("content").isTextual() || question.isBlank() || question.length() > Embeddings.LONGEST_TEXT) {
            return null; // of a longer text only the start would be compared
        }
        last.remove("content");
        String scope =
                keys("question", call, name).with("body", Canonical.text(body)).key();
        return new Keeping.Meaning(scope, question, threshold);
    }
}
