package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is counted of every node, in the metrics and in a pipeline's graph. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class NodesTest {
    private final Caller caller = Caller.ofServer();

    @Test
    void aNodesQuestionsAndTokensAreCounted() {
        double draft = metric("llmnet_node_duration_seconds_count{node=\"draft\",outcome=\"ok\",pipeline=\"layers\"}");
        double finish =
                metric("llmnet_node_duration_seconds_count{node=\"finish\",outcome=\"ok\",pipeline=\"layers\"}");
        double tokens = metric("llmnet_node_tokens_total{kind=\"prompt\",node=\"draft\",pipeline=\"layers\"}");

        caller.chat(question("layers", "hello"));
        caller.chat(streamed("layers", "hello"));

        counts("llmnet_node_duration_seconds_count{node=\"draft\",outcome=\"ok\",pipeline=\"layers\"}", draft + 2);
        counts("llmnet_node_duration_seconds_count{node=\"finish\",outcome=\"ok\",pipeline=\"layers\"}", finish + 2);
        assertThat(metric("llmnet_node_tokens_total{kind=\"prompt\",node=\"draft\",pipeline=\"layers\"}"))
                .isGreaterThan(tokens);
        counts("llmnet_node_active{node=\"finish\",pipeline=\"layers\"}", 0);
    }

    @Test
    void theTokensOfNodesAreThoseOfTheRequest() {
        String node = "llmnet_node_tokens_total{kind=\"completion\",node=\"%s\",pipeline=\"intent-json\"}";
        double before = metric(node.formatted("router")) + metric(node.formatted("coder"));

        JsonNode answer =
                Caller.json(caller.chat(question("intent-json", "hello")).body());

        double used = answer.at("/usage/completion_tokens").asDouble();
        Eventually.holds(
                "both nodes are counted",
                () -> metric(node.formatted("router")) + metric(node.formatted("coder")) == before + used);
    }

    @Test
    void whatFailsAndWhatIsLeftAreCountedApart() throws IOException {
        String failed = "llmnet_node_duration_seconds_count{node=\"second\",outcome=\"failed\",pipeline=\"panel-two\"}";
        String left = "llmnet_node_duration_seconds_count{node=\"chat\",outcome=\"cancelled\",pipeline=\"hang-mid\"}";
        double failedBefore = metric(failed);
        double leftBefore = metric(left);

        caller.chat(question("panel-two", "hello"));
        try (Socket socket = caller.beginChat(streamed("hang-mid", "hello"), Caller.newId())) {
            assertThat(socket.getInputStream().read()).isPositive();
        }

        counts(failed, failedBefore + 1);
        counts(left, leftBefore + 1);
        counts("llmnet_node_active{node=\"chat\",pipeline=\"hang-mid\"}", 0);
    }

    @Test
    void choicesAreCountedWithTheirReason() {
        String rule = "llmnet_choices_total{chosen=\"quick\",how=\"condition\",node=\"router\",pipeline=\"rules\"}";
        String model = "llmnet_choices_total{chosen=\"coder\",how=\"model\",node=\"router\",pipeline=\"intent\"}";
        String down =
                "llmnet_choices_total{chosen=\"writer\",how=\"fallback-down\",node=\"router\",pipeline=\"intent-down\"}";
        double byRule = metric(rule);
        double byModel = metric(model);
        double byDefault = metric(down);

        caller.chat(question("rules", "hello"));
        caller.chat(question("intent", "hello"));
        caller.chat(question("intent-down", "hello"));

        counts(rule, byRule + 1);
        counts(model, byModel + 1);
        counts(down, byDefault + 1);
    }

    @Test
    void aPipelinesGraphTellsNodesEdgesAndNumbers() {
        caller.chat(question("rules", "hello"));

        Eventually.holds(
                "quick has answered",
                () -> node("rules", "quick").path("answered").asInt() > 0);
        JsonNode graph = Looker.json("/pipelines/rules/graph");
        assertThat(graph.path("entry").asText()).isEqualTo("router");
        assertThat(graph.path("nodes").findValuesAsText("name"))
                .containsExactly("router", "quick", "careful", "answer");
        assertThat(node("rules", "quick").path("condition").asText()).isEqualTo("$WORD_COUNT < 5");
        assertThat(node("rules", "quick").path("mean_ms").asDouble()).isPositive();
        assertThat(node("rules", "quick").path("in_flight").asInt()).isZero();
        assertThat(node("rules", "answer").path("role").asText()).isEqualTo("output");
        assertThat(graph.path("edges").path(0).path("to").asText()).isEqualTo("quick");
        assertThat(graph.path("edges").path(0).path("chosen").asInt()).isPositive();
    }

    @Test
    void pipelinesAreListedAndOneThatIsNotThereIsNotFound() {
        assertThat(Looker.json("/pipelines").path("pipelines").toString()).contains("\"rules\"", "\"team/model:7b\"");
        assertThat(Looker.get("/pipelines/team%2Fmodel%3A7b/graph").statusCode())
                .isEqualTo(200);

        HttpResponse<String> missing = Looker.get("/pipelines/none/graph");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("there is no pipeline none");
    }

    @Test
    void nothingIsLeftOfAPipelineThatIsTakenAway() throws IOException {
        Path file = Served.live().resolve("brief.json");
        Files.writeString(file, ServedPipelines.alone(Served.backend().url(), "openai-api", "ok"));
        Eventually.holds(
                "it is served", () -> caller.chat(question("brief", "hello")).statusCode() == 200);
        Eventually.holds("it is counted", () -> caller.get("/metrics").body().contains("pipeline=\"brief\""));

        Files.delete(file);

        Eventually.holds("it is forgotten", () -> !caller.get("/metrics").body().contains("pipeline=\"brief\""));
        assertThat(Looker.get("/pipelines/brief/graph").statusCode()).isEqualTo(404);
    }

    private static JsonNode node(String pipeline, String name) {
        JsonNode nodes = Looker.json("/pipelines/" + pipeline + "/graph").path("nodes");
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> node.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void counts(String metric, double value) {
        Eventually.holds(metric + " is " + value, () -> metric(metric) == value);
    }

    /** What a metric says; 0 where it is not there yet. */
    private double metric(String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name.replace("}", ",}")) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(caller.get("/metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }
}
