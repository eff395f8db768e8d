package io.llmnet.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.ledger.Stats;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Card;
import io.llmnet.registry.Load;
import io.llmnet.registry.Member;
import io.llmnet.registry.Pulse;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Backends as pages and {@code /ws} show them: Nexus' fields, then ours. Keys, users and paths of addresses stay out. */
public final class BackendView {
    private final Operator operator;
    private final Stats stats;
    private final LongSupplier nanos;

    /**
     * The view of one server.
     *
     * @param nanos the clock of all pulses
     */
    public BackendView(Operator operator, Stats stats, LongSupplier nanos) {
        this.operator = operator;
        this.stats = stats;
        this.nanos = nanos;
    }

    /** All that is told of a backend. */
    public ObjectNode of(Member member) {
        Load load = member.load();
        Instant probed = load.probed();
        ObjectNode view = Json.object()
                .put("id", member.name())
                .put("name", member.name())
                .put("url", address(member.backend().url()))
                .put("backend_type", member.said().kind())
                .put("status", member.health().word())
                .put("last_health_check", probed == null ? null : probed.toString())
                .put("last_error", member.trouble());
        view.set("models", models(member));
        view.put("priority", member.said().priority())
                .put("pending_requests", load.inFlight())
                .put("total_requests", stats.requests(member.name()))
                .put("avg_latency_ms", latencyMillis(member))
                .put("discovery_source", member.said().source().word());
        view.putObject("metadata");
        view.set("current_operation", operation(member.name()));
        return view.put("zone", member.said().zone().word())
                .put("tier", member.said().tier())
                .put("weight", member.said().weight())
                .put("max_concurrent", load.limit() == Integer.MAX_VALUE ? null : (Integer) load.limit())
                .put("version", member.version())
                .put("probe_ms", load.probeMillis());
    }

    /** A model that a backend has. */
    public ObjectNode model(Member member, Card card) {
        long now = nanos.getAsLong();
        Pulse pulse = member.load().pulse(card.id());
        ObjectNode view = Json.object().put("id", card.id()).put("name", card.id());
        view.put("context_length", Models.known(card.capabilities().contextTokens()));
        view.put("supports_vision", Models.known(card.capabilities().vision()));
        view.put("supports_tools", Models.known(card.capabilities().tools()));
        view.put("supports_json_mode", Models.known(card.capabilities().json()));
        view.put("max_output_tokens", Models.known(card.capabilities().maxOutputTokens()));
        view.put("loaded", Models.known(card.loaded()));
        view.put("breaker", pulse.breaker().isOpen(now) ? "open" : "closed");
        return view.put("left_alone_ms", TimeUnit.NANOSECONDS.toMillis(pulse.reluctantNanos(now)));
    }

    private ArrayNode models(Member member) {
        ArrayNode models = Json.object().putArray("models");
        member.models().values().stream()
                .sorted(Comparator.comparing(Card::id))
                .forEach(card -> models.add(model(member, card)));
        return models;
    }

    /** Of its requests, or of its probes before there are any. */
    private long latencyMillis(Member member) {
        double mean = stats.meanMillis(member.name());
        return Math.round(mean > 0 ? mean : member.load().probeMillis());
    }

    private JsonNode operation(String backend) {
        return operator.operations().stream()
                .filter(one -> one.backend().equals(backend) && one.status() == Operation.Status.IN_PROGRESS)
                .findFirst()
                .<JsonNode>map(Operation::json)
                .orElse(NullNode.getInstance());
    }

    private static String address(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
    }
}
