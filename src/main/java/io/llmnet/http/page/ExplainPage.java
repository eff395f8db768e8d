package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Head;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Decision;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.NoPlan;
import io.llmnet.routing.Plan;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells whom a chat request would go to, and why not to others. Nobody is asked. */
final class ExplainPage {
    private final Site site;
    private final Operator operator;

    ExplainPage(Site site, Operator operator) {
        this.site = site;
        this.operator = operator;
    }

    void addTo(Pages pages) {
        pages.get("/explain", this::ofModel);
        pages.add(
                HttpMethod.POST,
                "/explain",
                visit -> visit.body(body ->
                        explain(visit, Head.read(body, Call.Dialect.CHAT).model(), body)));
    }

    private void ofModel(Visit visit) {
        String model = visit.param("model");
        ObjectNode chat = Json.object().put("model", model);
        chat.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        explain(visit, model, Json.bytes(chat));
    }

    private void explain(Visit visit, @Nullable String model, byte[] body) {
        if (model == null || model.isBlank()) {
            throw ChatException.in("model", Fault.BAD_REQUEST, "no model is named; say which one is wanted");
        }
        if (site.pipelines().get().contains(model)) {
            visit.show(page(model, model, "pipeline", List.of())
                    .put("message", "`" + model + "` is a pipeline: its file says which models are asked"));
            return;
        }
        if (site.ensembles().get().contains(model)) {
            visit.show(page(model, model, "ensemble", List.of())
                    .put("message", "`" + model + "` is an ensemble: the settings say which models answer together"));
            return;
        }
        Decision decision = operator.explain(model, body, visit::header);
        visit.show(decision.match(new Decision.Cases<ObjectNode>() {
            @Override
            public ObjectNode plan(Plan plan) {
                return planned(model, plan);
            }

            @Override
            public ObjectNode noPlan(NoPlan none) {
                return refused(model, none);
            }
        }));
    }

    private static ObjectNode planned(String model, Plan plan) {
        ObjectNode page = page(model, plan.model(), "plan", plan.exclusions());
        ArrayNode candidates = page.withArray("candidates");
        plan.candidates()
                .forEach(candidate -> candidates
                        .addObject()
                        .put("backend", candidate.backend().name())
                        .put("model", candidate.model())
                        .put("reason", candidate.reason())
                        .put("fallback_for", candidate.fallbackFor()));
        return page;
    }

    private static ObjectNode refused(String model, NoPlan none) {
        ObjectNode page = page(model, null, "refused", none.exclusions());
        page.put("message", none.message())
                .put("status", none.fault().status())
                .put("code", none.fault().code());
        none.available().forEach(page.putArray("available_backends")::add);
        Zone zone = none.zone();
        page.put("privacy_zone_required", zone == null ? null : zone.word());
        return page.put("required_tier", none.tier() > 0 ? (Integer) none.tier() : null);
    }

    private static ObjectNode page(
            String model, @Nullable String resolved, String decision, List<Exclusion> exclusions) {
        ObjectNode page =
                Json.object().put("model", model).put("resolved", resolved).put("decision", decision);
        page.putArray("candidates");
        ArrayNode list = page.putArray("exclusions");
        exclusions.forEach(exclusion -> list.addObject()
                .put("backend", exclusion.backend())
                .put("gate", exclusion.gate().name().toLowerCase(Locale.ROOT))
                .put("reconciler", exclusion.gate().reconciler())
                .put("reason", exclusion.reason())
                .put("action", exclusion.action()));
        return page;
    }
}
