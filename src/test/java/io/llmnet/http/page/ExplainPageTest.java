package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Card;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.NoPlan;
import io.llmnet.routing.Plan;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainPageTest {
    private static final Exclusion SHED =
            new Exclusion("shed", Exclusion.Gate.PRIVACY, "it is in the open", "take a backend at home");

    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        shop.close();
    }

    private Offer offer() {
        shop.operator.has("desk", Card.named("qwen3"));
        return shop.operator.roster().offers("qwen3").get(0);
    }

    @Test
    void tellsWhomItWouldGoToAndWhyNotToOthers() {
        Candidate first = Candidate.of(offer(), "highest_score:desk:87.00", null);
        Candidate second = Candidate.of(offer(), "fallback:gpt-4o:only_healthy_backend", "gpt-4o");
        shop.operator.decision = new Plan(List.of(first, second), "qwen3", List.of(SHED));

        HttpResponse<String> answer = shop.send(
                "POST",
                "/v1/explain",
                "{'messages':[{'role':'user','content':'hi'}],'model':'gpt-4o'}",
                "x-nexus-strict",
                "true");

        assertThat(Shop.json(answer.body())).isEqualTo(Shop.json("""
                {'model':'gpt-4o','resolved':'qwen3','decision':'plan','candidates':[
                {'backend':'desk','model':'qwen3','reason':'highest_score:desk:87.00','fallback_for':null},
                {'backend':'desk','model':'qwen3','reason':'fallback:gpt-4o:only_healthy_backend',
                'fallback_for':'gpt-4o'}],'exclusions':[{'backend':'shed','gate':'privacy',
                'reconciler':'PrivacyReconciler','reason':'it is in the open','action':'take a backend at home'}]}"""));
        assertThat(shop.operator.done)
                .containsExactly(
                        "explain gpt-4o {\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"gpt-4o\"} true");
    }

    @Test
    void tellsWhyNobodyWouldBeAsked() {
        shop.operator.decision =
                new NoPlan(Fault.NO_BACKEND, "all are excluded", List.of(SHED), List.of("shed"), Zone.RESTRICTED, 2);

        JsonNode page = shop.get("/v1/explain?model=gpt-4o");

        assertThat(page).isEqualTo(Shop.json("""
                {'model':'gpt-4o','resolved':null,'decision':'refused','candidates':[],'exclusions':[{'backend':'shed',
                'gate':'privacy','reconciler':'PrivacyReconciler','reason':'it is in the open',
                'action':'take a backend at home'}],'message':'all are excluded','status':503,'code':'no_backend',
                'available_backends':['shed'],'privacy_zone_required':'restricted','required_tier':2}"""));
    }

    @Test
    void aPipelineAnswersForItself() {
        shop.pipelines = List.of("summary");

        JsonNode page = shop.get("/v1/explain?model=summary");

        assertThat(page.path("decision").asText()).isEqualTo("pipeline");
        assertThat(page.path("message").asText()).contains("its file says");
        assertThat(shop.operator.done).isEmpty();
    }

    @Test
    void withoutAModelThereIsNothingToExplain() {
        assertThat(shop.send("GET", "/v1/explain", "").statusCode()).isEqualTo(400);
        assertThat(shop.send("POST", "/v1/explain", "{'messages':[]}").statusCode())
                .isEqualTo(400);
        assertThat(shop.send("POST", "/v1/explain", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void aBugIsToldWithoutItsDetails() {
        HttpResponse<String> answer = shop.send("GET", "/v1/explain?model=m", "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal_error").doesNotContain("NullPointer");
    }
}
