package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import io.vertx.core.http.HttpHeaders;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** How the server is: a welcome, health, status, metrics. */
final class ServerPages {
    private final Site site;
    private final Operator operator;
    private final long startedMillis = System.currentTimeMillis();

    ServerPages(Site site, Operator operator) {
        this.site = site;
        this.operator = operator;
    }

    void addTo(Pages pages) {
        pages.get("/", visit -> visit.show(welcome()));
        pages.get("/health", visit -> visit.show(health()));
        pages.get("/status", visit -> visit.show(status()));
        pages.get("/metrics", this::metrics);
    }

    private static ObjectNode welcome() {
        ObjectNode page = Json.object().put("name", "LLMNet").put("version", Site.VERSION);
        ObjectNode endpoints = page.putObject("endpoints");
        endpoints.put("chat", "POST /v1/chat/completions").put("completions", "POST /v1/completions");
        endpoints.put("models", "GET /v1/models").put("backends", "GET /v1/backends");
        endpoints.put("explain", "POST /v1/explain").put("history", "GET /v1/history");
        endpoints.put("stats", "GET /v1/stats").put("health", "GET /health").put("metrics", "GET /metrics");
        return page;
    }

    /** A superset of what the four systems' clients look for; the status of HTTP is always 200. */
    private ObjectNode health() {
        Roster roster = operator.roster();
        Collection<Member> members = roster.members();
        long healthy = members.stream().filter(Member::isUp).count();
        long unhealthy = members.stream()
                .filter(member -> member.health() == Health.UNHEALTHY)
                .count();
        Set<String> models = new HashSet<>(site.pipelines().get());
        boolean canAnswer = healthy > 0 || !models.isEmpty();
        models.addAll(roster.models());
        ObjectNode page = Json.object()
                .put("status", canAnswer ? unhealthy == 0 ? "healthy" : "degraded" : "unhealthy")
                .put("healthy", canAnswer)
                .put("running", true)
                .put("version", Site.VERSION)
                .put("uptime_seconds", uptimeSeconds());
        page.putObject("backends")
                .put("total", members.size())
                .put("healthy", healthy)
                .put("unhealthy", unhealthy);
        page.put("models", models.size());
        ObjectNode providers = page.putObject("providers");
        members.forEach(member -> providers.put(member.name(), member.health().word()));
        return page;
    }

    private ObjectNode status() {
        return Json.object()
                .put("nodes", site.nodes().getAsInt())
                .put("active_requests", site.active().getAsInt())
                .put("pipelines", site.pipelines().get().size())
                .put("uptime_seconds", uptimeSeconds());
    }

    private long uptimeSeconds() {
        return (System.currentTimeMillis() - startedMillis) / 1000;
    }

    private void metrics(Visit visit) {
        visit.request().response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        visit.request().response().end(site.metrics().get());
    }
}
