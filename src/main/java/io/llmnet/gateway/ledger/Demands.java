package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcome;
import io.llmnet.protocol.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts how often each model is asked for, hour by hour. Safe from any thread. */
final class Demands implements Consumer<Outcome>, Kept {
    private static final int MOST_MODELS = 1000;

    private final Map<String, Demand> models = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    static long hour(long millis) {
        return TimeUnit.MILLISECONDS.toHours(millis);
    }

    @Override
    public void accept(Outcome outcome) {
        if (outcome.status() == Fault.MODEL_NOT_FOUND.status()) {
            return;
        }
        long hour = hour(outcome.startMillis());
        Demand known = models.get(outcome.model());
        if (known == null) {
            if (models.size() >= MOST_MODELS && !models.values().removeIf(old -> old.isOver(hour))) {
                return;
            }
            known = models.computeIfAbsent(outcome.model(), model -> new Demand(hour));
        }
        known.add(hour);
        changes.incrementAndGet();
    }

    Map<String, Demand> all() {
        return Map.copyOf(models);
    }

    @Override
    public long version() {
        return changes.get();
    }

    @Override
    public ObjectNode state() {
        ObjectNode state = Json.object();
        ObjectNode all = state.putObject("models");
        models.forEach((model, demand) -> {
            long first = demand.first();
            ObjectNode entry = all.putObject(model).put("first_hour", first);
            ArrayNode counts = entry.putArray("requests");
            for (int count : demand.between(first, demand.newest() + 1)) {
                counts.add(count);
            }
        });
        return state;
    }

    @Override
    public void restore(ObjectNode state) {
        if (!(state.path("models") instanceof ObjectNode all)) {
            throw new IllegalArgumentException("it has no models");
        }
        Map<String, Demand> restored = new HashMap<>();
        all.properties().forEach(entry -> restored.put(entry.getKey(), demand(entry.getValue())));
        models.putAll(restored);
    }

    private static Demand demand(JsonNode entry) {
        long hour = entry.path("first_hour").asLong(-1);
        if (hour < 0 || !(entry.path("requests") instanceof ArrayNode counts)) {
            throw new IllegalArgumentException("one of its models has no hours");
        }
        Demand demand = new Demand(hour);
        for (JsonNode count : counts) {
            demand.restore(hour, count.asInt());
            hour++;
        }
        return demand;
    }
}
