package io.llmnet.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.vertx.core.http.HttpMethod;
import java.util.function.Consumer;

/**
 * Loads, moves and unloads models for programs of this machine, and tells everybody what became of it; statuses, fields
 * and headers are Nexus'.
 */
final class LifecyclePages {
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final String MIGRATING = "Migration initiated. Target backend is loading the model. "
            + "Source backend will continue serving requests.";

    private final Operator operator;

    LifecyclePages(Operator operator) {
        this.operator = operator;
    }

    void addTo(Pages pages) {
        pages.add(HttpMethod.POST, "/models/load", visit -> order(visit, said -> load(visit, said)));
        pages.add(HttpMethod.POST, "/models/migrate", visit -> order(visit, said -> migrate(visit, said)));
        pages.add(HttpMethod.DELETE, "/models/", this::unload);
        pages.get("/operations", this::list);
        pages.get("/operations/", this::one);
    }

    private static void order(Visit visit, Consumer<ObjectNode> order) {
        LocalOnly.check(visit.request());
        visit.body(body -> order.accept(Json.object(body, Fault.MALFORMED_JSON, "the request's body")));
    }

    private void load(Visit visit, ObjectNode said) {
        String model = text(said, "model_id");
        String backend = known(text(said, "backend_id"));
        visit.later(operator.load(model, backend), operation -> {
            head(visit, "loading", operation);
            visit.show(202, operation.json());
        });
    }

    private void migrate(Visit visit, ObjectNode said) {
        String model = text(said, "model_id");
        String source = known(text(said, "source_backend_id"));
        String target = known(text(said, "target_backend_id"));
        if (source.equals(target)) {
            throw ChatException.in(
                    "target_backend_id", Fault.BAD_REQUEST, "a model is moved to another backend than it is on");
        }
        visit.later(operator.migrate(model, source, target), operation -> {
            head(visit, "migrating", operation);
            String message = operation.message();
            visit.show(
                    202,
                    Json.object()
                            .put("operation_id", operation.id())
                            .put("model_id", model)
                            .put("source_backend_id", source)
                            .put("target_backend_id", target)
                            .put("status", operation.status().word())
                            .put("message", message == null ? MIGRATING : message));
        });
    }

    private void unload(Visit visit) {
        LocalOnly.check(visit.request());
        String backend = visit.param("backend_id");
        if (backend == null || backend.isBlank()) {
            throw ChatException.in("backend_id", Fault.BAD_REQUEST, "say where it shall be unloaded: ?backend_id=NAME");
        }
        visit.later(operator.unload(visit.rest(), known(backend)), operation -> {
            head(visit, operation.status().word(), operation);
            Long free = operation.freeBytes();
            visit.show(operation
                    .json()
                    .put("vram_free_bytes", free)
                    .put("vram_free_gb", free == null ? null : (Double) (free / BYTES_PER_GIB)));
        });
    }

    private void list(Visit visit) {
        ObjectNode page = Json.object();
        ArrayNode list = page.putArray("operations");
        operator.operations().forEach(operation -> list.add(operation.json()));
        visit.show(page);
    }

    private void one(Visit visit) {
        Operation known = operator.operations().stream()
                .filter(operation -> operation.id().equals(visit.rest()))
                .findFirst()
                .orElseThrow(() -> new ChatException(
                        Fault.NOT_FOUND, "there is no operation " + visit.rest() + "; old ones are forgotten"));
        visit.show(known.json());
    }

    private static void head(Visit visit, String status, Operation operation) {
        visit.request()
                .response()
                .putHeader("x-nexus-lifecycle-status", status)
                .putHeader("x-nexus-lifecycle-operation", operation.id());
    }

    private String known(String backend) {
        if (operator.roster().named(backend) == null) {
            throw new ChatException(Fault.NOT_FOUND, "Backend " + backend + " not found");
        }
        return backend;
    }

    private static String text(ObjectNode said, String key) {
        JsonNode value = said.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw ChatException.in(key, Fault.BAD_REQUEST, "`" + key + "` is missing, or no text");
        }
        return value.asText();
    }
}
