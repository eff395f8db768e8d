package io.llmnet.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a node says of itself, in LlamaNet's words and OpenAI's. */
final class Card {
    private final String model;
    private final String nodeId;
    private final Path file;
    private final Gguf gguf;
    private final int context;
    private final Slots slots;
    private final Meter meter;
    private final InstantSource clock;
    private final long created;

    Card(NodeOptions options, Gguf gguf, int context, Slots slots, Meter meter, InstantSource clock) {
        this.model = options.modelId();
        this.nodeId = options.nodeId();
        this.file = options.model();
        this.gguf = gguf;
        this.context = context;
        this.slots = slots;
        this.meter = meter;
        this.clock = clock;
        this.created = clock.instant().getEpochSecond();
    }

    String model() {
        return model;
    }

    ObjectNode models() {
        ObjectNode list = object().put("object", "list");
        list.putArray("data").add(entry());
        return list;
    }

    /** The model by its id, with or without {@code .gguf}. */
    Optional<ObjectNode> model(String id) {
        return id.equals(model) || id.equals(model + ".gguf") ? Optional.of(entry()) : Optional.empty();
    }

    ObjectNode status() {
        ObjectNode status = object().put("uptime", meter.uptimeSeconds());
        measured(status)
                .put("total_tokens", meter.tokens())
                .put("total_requests", meter.requests())
                .put("model", model)
                .put("context_length", context);
        status.putObject("slots")
                .put("total", slots.total())
                .put("busy", slots.busy())
                .put("waiting", slots.waiting());
        return status;
    }

    ObjectNode health() {
        double now = clock.millis() / 1000.0;
        ObjectNode health = object().put("status", "ok")
                .put("healthy", true)
                .put("running", true)
                .put("llm_loaded", true)
                .put("model", model)
                .put("context_length", context)
                .put("openai_compatible", true)
                .put("timestamp", now);
        return measured(health);
    }

    ObjectNode info() {
        ObjectNode info = object().put("node_id", nodeId)
                .put("model", model)
                .put("model_path", file.toString())
                .put("context_length", context)
                .put("openai_compatible", true);
        info.set("system", system());
        info.set("endpoints", endpoints());
        return info;
    }

    ObjectNode welcome() {
        ObjectNode welcome = object().put("message", "LLMNet inference node").put("model", model);
        welcome.set("endpoints", endpoints());
        return welcome;
    }

    private ObjectNode entry() {
        ObjectNode entry = object().put("id", model)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "llmnet");
        ObjectNode meta = entry.putObject("meta")
                .put("context_length", context)
                .put("n_ctx_train", gguf.contextLength())
                .put("architecture", gguf.architecture())
                .put("size", gguf.bytes());
        gguf.name().ifPresent(name -> meta.put("name", name));
        return entry;
    }

    private ObjectNode measured(ObjectNode node) {
        int asked = slots.busy() + slots.waiting();
        return node.put("load", Math.min(1.0, (double) asked / slots.total())).put("tps", meter.tokensPerSecond());
    }

    private static ObjectNode system() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ObjectNode system = object().put("cpu", machine.getAvailableProcessors())
                .putNull("gpu")
                .put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        system.putObject("ram")
                .put("total", machine.getTotalMemorySize())
                .put("available", machine.getFreeMemorySize());
        return system;
    }

    private static ObjectNode endpoints() {
        ObjectNode endpoints = object();
        ArrayNode own = endpoints.putArray("llamanet");
        List.of("/generate", "/status", "/info", "/health").forEach(own::add);
        ArrayNode openai = endpoints.putArray("openai");
        List.of("/v1/models", "/v1/completions", "/v1/chat/completions").forEach(openai::add);
        return endpoints;
    }

    private static ObjectNode object() {
        return Fields.JSON.createObjectNode();
    }
}
