package io.llmnet.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A few members of an object in JSON. */
class GlimpseTest {
    private static Map<String, String> of(String json) {
        return Glimpse.of(json.replace('\'', '"').getBytes(UTF_8), Set.of("id", "model", "temperature"));
    }

    @Test
    void whatIsThereIsFoundAndTheRestPassedOver() {
        assertThat(of("{'messages':[{'model':'no'}],'model':'m','temperature':0.5,'id':null}"))
                .containsOnly(Map.entry("model", "m"), Map.entry("temperature", "0.5"));
    }

    @Test
    void anEventOfAStreamMayBeCutOff() {
        assertThat(of("data: {'id':'c-1','object':'chunk','model':'m','choices':[{'delta':{'cont"))
                .containsOnly(Map.entry("id", "c-1"), Map.entry("model", "m"));
    }

    @Test
    void whatIsNoJsonTellsNothing() {
        assertThat(of("")).isEmpty();
        assertThat(of("<html>")).isEmpty();
        assertThat(of("{")).isEmpty();
    }
}
