package io.llmnet.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final int LIMIT = 10 * 1024;

    private static JsonNode read(String frame) {
        assertThat(frame.getBytes(UTF_8).length).isLessThanOrEqualTo(LIMIT);
        return Json.tree(frame.getBytes(UTF_8), Fault.INTERNAL, "it");
    }

    private static ObjectNode backend(String name, int models) {
        ObjectNode view = Json.object().put("id", name).put("last_error", (String) null);
        ArrayNode list = view.putArray("models");
        IntStream.range(0, models).forEach(each -> list.add(model("model-" + each)));
        return view.put("priority", 50);
    }

    private static ObjectNode model(String id) {
        return Json.object().put("id", id).put("name", id).put("context_length", 4096);
    }

    @Test
    void aFewBackendsAreOneText() {
        List<String> frames = Frames.backends(List.of(backend("desk", 1), backend("shed", 0)));

        assertThat(frames)
                .containsExactly("{\"update_type\":\"BackendStatus\",\"data\":["
                        + "{\"id\":\"desk\",\"last_error\":null,\"models\":[{\"id\":\"model-0\",\"name\":\"model-0\","
                        + "\"context_length\":4096}],\"priority\":50},"
                        + "{\"id\":\"shed\",\"last_error\":null,\"models\":[],\"priority\":50}]}");
        assertThat(Frames.backends(List.of())).containsExactly("{\"update_type\":\"BackendStatus\",\"data\":[]}");
    }

    @Test
    void manyBackendsAreSeveralTextsAndNoneIsLeftOut() {
        List<ObjectNode> all = IntStream.range(0, 300)
                .mapToObj(each -> backend("desk-" + each, each % 7))
                .toList();

        List<JsonNode> frames =
                Frames.backends(all).stream().map(FramesTest::read).toList();

        assertThat(frames).hasSizeGreaterThan(3);
        assertThat(frames.stream().flatMap(frame -> frame.path("data").findValuesAsText("last_error").stream()))
                .hasSize(300);
        assertThat(frames).allMatch(frame -> frame.path("update_type").asText().equals("BackendStatus"));
    }

    @Test
    void aBackendWithVeryManyModelsIsToldWithTheNamesOfSome() {
        List<String> frames = Frames.backends(List.of(backend("desk", 1), backend("hub", 3000), backend("shed", 1)));

        List<JsonNode> all = frames.stream().map(FramesTest::read).toList();
        JsonNode hub = all.stream()
                .flatMap(frame -> frame.path("data").findParents("models_total").stream())
                .findFirst()
                .orElseThrow();
        assertThat(hub.path("id").asText()).isEqualTo("hub");
        assertThat(hub.path("priority").asInt()).isEqualTo(50);
        assertThat(hub.path("models_total").asInt()).isEqualTo(3000);
        assertThat(hub.path("models")).hasSizeBetween(100, 400);
        assertThat(hub.path("models").path(0).fieldNames()).toIterable().containsExactly("id", "name");
    }

    @Test
    void veryManyModelsOfABackendAreCutOffToo() {
        String frame = Frames.models(
                "hub",
                IntStream.range(0, 3000)
                        .mapToObj(each -> model("größe-" + each))
                        .toList());

        JsonNode data = read(frame).path("data");
        assertThat(data.path("backend_id").asText()).isEqualTo("hub");
        assertThat(data.path("models_total").asInt()).isEqualTo(3000);
        assertThat(data.path("models").path(0).path("id").asText()).isEqualTo("größe-0");
    }

    @Test
    void aModelsNameOfTwentyKilobytesIsShortened() {
        String frame =
                Frames.request(Json.object().put("model", "x".repeat(20_000)).put("cost", 0.5));

        assertThat(read(frame).path("data").path("model").asText()).hasSize(201).endsWith("x…");
        assertThat(read(frame).path("data").path("cost").asDouble()).isEqualTo(0.5);
    }
}
