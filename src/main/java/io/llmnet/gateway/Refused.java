package io.llmnet.gateway;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.NoPlan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells a caller why nobody may be asked, and what to do. */
final class Refused {
    private static final int MOST_TOLD = 20;

    private Refused() {}

    static ChatException of(NoPlan none, String model) {
        ChatException plain = none.fault() == Fault.MODEL_NOT_FOUND || none.fault() == Fault.BAD_REQUEST
                ? ChatException.in("model", none.fault(), none.message())
                : new ChatException(none.fault(), none.message());
        if (none.fault() == Fault.MODEL_NOT_FOUND) {
            return plain;
        }
        return plain.with(new Details(headers(none), context(none)));
    }

    private static Map<String, Object> context(NoPlan none) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("available_backends", none.available());
        if (none.zone() != null) {
            context.put("privacy_zone_required", none.zone().word());
        }
        if (none.tier() > 0) {
            context.put("required_tier", none.tier());
        }
        context.put("rejections", rejections(none.exclusions()));
        return context;
    }

    private static Map<String, String> headers(NoPlan none) {
        if (none.exclusions().isEmpty()) {
            return Map.of();
        }
        Set<String> gates = new LinkedHashSet<>();
        none.exclusions().forEach(one -> gates.add(one.gate().reconciler()));
        return Map.of(
                "x-nexus-rejection-reasons",
                none.exclusions().size() + " agents rejected by " + String.join(", ", gates),
                "x-nexus-rejection-details",
                Headers.plain(Json.text(Json.of(rejections(none.exclusions())))));
    }

    private static List<Map<String, String>> rejections(List<Exclusion> exclusions) {
        return exclusions.stream()
                .limit(MOST_TOLD)
                .map(one -> Map.of(
                        "agent_id", one.backend(),
                        "reconciler", one.gate().reconciler(),
                        "reason", one.reason(),
                        "suggested_action", one.action()))
                .toList();
    }
}
