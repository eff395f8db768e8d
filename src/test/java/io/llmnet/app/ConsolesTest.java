package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel's consoles behind the management port. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class ConsolesTest {
    private final Caller caller = Caller.ofServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blocked",
                "context",
                "endpoint",
                "gc",
                "health",
                "inflight",
                "jvm",
                "memory",
                "route",
                "route-structure",
                "thread",
                "top"
            })
    void everyConsoleIsAPageInTextAndInJson(String id) {
        HttpResponse<String> text = Looker.get("/console/" + id);
        HttpResponse<String> json = Looker.get("/console/" + id, "Accept", "application/json");

        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(Caller.json(json.body()).isObject()).isTrue();
        assertThat(Looker.get("/console").body()).contains(id + " ");
    }

    @Test
    void routesAreFoundByNameAndCounted() {
        caller.chat(question("rules", "hello"));

        JsonNode routes = Looker.json("/console/route.json?filter=rules/*").path("routes");

        assertThat(routes.findValuesAsText("routeId"))
                .containsExactlyInAnyOrder("rules/router", "rules/quick", "rules/careful");
        assertThat(Looker.json("/console/route.json?filter=rules/router")
                        .at("/routes/0/statistics/exchangesTotal")
                        .asInt())
                .isPositive();
    }

    @Test
    void longListsAreCutUnlessMoreIsWished() {
        assertThat(Looker.json("/console/route.json").path("routes").size()).isEqualTo(100);
        assertThat(Looker.json("/console/route.json?limit=3").path("routes").size())
                .isEqualTo(3);
    }

    @Test
    void aLookChangesNothing() {
        Looker.get("/console/route/rules%2Fquick/stop?filter=rules/quick&action=stop");
        Looker.get("/console/route?filter=rules/quick&action=stop");

        assertThat(Looker.json("/console/route.json?filter=rules/quick")
                        .at("/routes/0/state")
                        .asText())
                .isEqualTo("Started");
    }

    @Test
    void whatMustNotBeToldIsNotThere() {
        assertThat(Looker.get("/console/properties").statusCode()).isEqualTo(404);
        assertThat(Looker.get("/console/system-properties").statusCode()).isEqualTo(404);
        assertThat(Looker.get("/console/none").body()).contains("there is no console none");
        assertThat(caller.get("/console").statusCode()).isEqualTo(404);
        assertThat(caller.get("/trace").statusCode()).isEqualTo(404);
    }
}
