package io.llmnet.http.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Cancel;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.http.page.Names;
import io.llmnet.pool.Caller;
import io.llmnet.pool.Query;
import io.llmnet.protocol.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code /v1/infer}: LLM Pool's, with a profile and wishes of the cache besides. */
final class InferForm {
    private final ObjectNode said;

    private InferForm(ObjectNode said) {
        this.said = said;
    }

    /**
     * Reads a query; what it does not know it leaves unread.
     *
     * @param header finds a header by its lower-case name, null when absent
     * @throws ChatException MALFORMED_JSON, UNPROCESSABLE where a field is missing or of another kind, BAD_REQUEST where
     *     it names what there is not
     */
    static Query read(byte[] body, UnaryOperator<@Nullable String> header, Cancel cancel, Executor home) {
        InferForm form = new InferForm(Json.object(body, Fault.MALFORMED_JSON, "the request's body"));
        Integer millis = form.number("deadline_ms");
        return new Query(
                Caller.of(header, form.wish()),
                form.text("request_id"),
                form.nameOr("tenant_id", header.apply("x-tenant-id")),
                form.nameOr("project_id", header.apply("x-project-id")),
                form.required("task"),
                form.required("prompt"),
                form.number("max_tokens"),
                millis == null ? null : Duration.ofMillis(millis),
                form.strategy(),
                form.profile(),
                cancel,
                home);
    }

    private String required(String field) {
        String text = text(field);
        if (text == null) {
            throw ChatException.in(field, Fault.UNPROCESSABLE, "missing field `" + field + "`");
        }
        return text;
    }

    private @Nullable String text(String field) {
        JsonNode value = said.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    /** A text where an empty one says as much as none. */
    private @Nullable String name(String field) {
        String text = text(field);
        return text == null || text.isBlank() ? null : text;
    }

    private @Nullable String nameOr(String field, @Nullable String inHeader) {
        String name = name(field);
        return name == null ? inHeader : name;
    }

    private @Nullable Integer number(String field) {
        JsonNode value = said.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, "a whole number of at most " + Integer.MAX_VALUE);
        }
        return value.intValue();
    }

    private @Nullable Strategy strategy() {
        String name = name("strategy");
        return name == null
                ? null
                : Strategy.named(name).orElseThrow(() -> unknown("strategy", name, Strategy.values()));
    }

    private @Nullable Profile profile() {
        String name = name("profile");
        return name == null ? null : Profile.named(name).orElseThrow(() -> unknown("profile", name, Profile.values()));
    }

    private @Nullable String wish() {
        JsonNode meta = said.path("meta");
        if (!meta.isMissingNode() && !meta.isNull() && !meta.isObject()) {
            throw wrong("meta", "an object");
        }
        return meta.path("cache").textValue();
    }

    private static ChatException wrong(String field, String kind) {
        return ChatException.in(field, Fault.UNPROCESSABLE, "`" + field + "` must be " + kind);
    }

    private static ChatException unknown(String field, String name, Enum<?>[] known) {
        return ChatException.in(
                field,
                Fault.BAD_REQUEST,
                "Invalid query: Unknown " + field + " `" + Names.shown(name) + "`; use one of "
                        + Arrays.stream(known).map(Enum::name).collect(Collectors.joining(", ")));
    }
}
