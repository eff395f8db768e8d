package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.ChunkCollector;
import org.junit.jupiter.api.Test;

class SpokenTest {
    private static final byte[] CALLING = """
            {"id":"c","object":"chat.completion","created":7,"model":"m","choices":[{"index":0,"message":{"role":"assistant",
            "content":"Let me see","tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]},
            "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}""".getBytes(UTF_8);

    /** CONFORMANCE 11, 14, 15, 16. */
    @Test
    void aWholeAnswerToldAsAStreamGathersToTheSameAnswer() {
        ChunkCollector collector = new ChunkCollector();

        collector.feed(Spoken.asStream(CALLING, true));

        JsonNode gathered = tree(collector.completion());
        JsonNode original = tree(CALLING);
        JsonNode choice = gathered.path("choices").path(0);
        assertThat(choice.path("message").path("content")).isEqualTo(original.at("/choices/0/message/content"));
        assertThat(choice.at("/message/tool_calls/0/function"))
                .isEqualTo(original.at("/choices/0/message/tool_calls/0/function"));
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(Usages.of(gathered.path("usage"))).isEqualTo(Usage.of(2, 3));
    }

    /** CONFORMANCE 16. */
    @Test
    void usageIsToldInAStreamOnlyWhenItWasAskedFor() {
        String told = new String(Spoken.asStream(CALLING, false), UTF_8);

        assertThat(told).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void theUsageOfAllCallsTakesThePlaceOfTheLastOnes() {
        byte[] told = Spoken.withUsage(CALLING, new Usage(10, 20, 4, 0));

        assertThat(tree(told).path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":10,\"completion_tokens\":20,\"total_tokens\":30,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4}}");
    }

    @Test
    void theUsageOfAWholeAnswerIsFoundWithoutReadingTheRest() {
        assertThat(Tally.of(CALLING)).isEqualTo(Usage.of(2, 3));
        assertThat(Tally.of("{\"choices\":[]}".getBytes(UTF_8))).isEqualTo(Usage.NONE);
        assertThat(Tally.of("{\"usage\":null}".getBytes(UTF_8))).isEqualTo(Usage.NONE);
        assertThat(Tally.of("{\"usage\":{\"prompt_tokens\":".getBytes(UTF_8))).isEqualTo(Usage.NONE);
        assertThat(Tally.of("\"usage\"".getBytes(UTF_8))).isEqualTo(Usage.NONE);
    }

    @Test
    void anErrorThatBeganAStreamHasTheStatusThatItTells() {
        assertThat(Status.of("{\"error\":{\"code\":400,\"message\":\"m\"}}".getBytes(UTF_8)))
                .isEqualTo(400);
        assertThat(Status.of("{\"error\":{\"code\":\"x\",\"message\":\"m\"}}".getBytes(UTF_8)))
                .isEqualTo(502);
        assertThat(Status.of("nonsense".getBytes(UTF_8))).isEqualTo(502);
    }

    private static JsonNode tree(byte[] json) {
        return Json.tree(json, Fault.BACKEND_NONSENSE, "a test");
    }
}
