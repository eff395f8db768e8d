package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.vertx.core.http.HttpMethod;

/** Which backends there are; programs of this machine may add some and take some out. */
final class BackendPages {
    private final Operator operator;
    private final BackendView view;

    BackendPages(Operator operator, BackendView view) {
        this.operator = operator;
        this.view = view;
    }

    void addTo(Pages pages) {
        pages.get("/backends", this::list);
        pages.get("/backends/", this::one);
        pages.add(HttpMethod.POST, "/backends", this::add);
        pages.add(HttpMethod.DELETE, "/backends/", this::remove);
    }

    private void list(Visit visit) {
        ObjectNode page = Json.object();
        ArrayNode list = page.putArray("backends");
        operator.roster().members().forEach(member -> list.add(view.of(member)));
        visit.show(page);
    }

    private void one(Visit visit) {
        var member = operator.roster().named(visit.rest());
        if (member == null) {
            throw missing(visit.rest());
        }
        visit.show(view.of(member));
    }

    private void add(Visit visit) {
        LocalOnly.check(visit.request());
        visit.body(body -> {
            NewBackend wanted = NewBackend.read(Json.object(body, Fault.MALFORMED_JSON, "the request's body"));
            visit.later(operator.add(wanted), member -> visit.show(201, view.of(member)));
        });
    }

    private void remove(Visit visit) {
        LocalOnly.check(visit.request());
        String name = visit.rest();
        if (operator.roster().named(name) == null) {
            throw missing(name);
        }
        visit.later(
                operator.remove(name),
                nothing -> visit.show(Json.object().put("name", name).put("removed", true)));
    }

    private static ChatException missing(String name) {
        return new ChatException(
                Fault.NOT_FOUND, "there is no backend `" + name + "`; GET /v1/backends lists those there are");
    }
}
