package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Alert;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Nodes with {@code adapter: ws}. */
class AlertFormTest {
    private static Reading nodes(String... nodes) {
        return Compositions.read(
                "p.yaml",
                CompositionsTest.oneModel(nodes),
                Map.of("BELL", "wss://me:pass@bell/?t=secret", "BAD", "hidden")::get);
    }

    private static Graph graph(String... nodes) {
        Reading reading = nodes(nodes);
        assertThat(reading.problems()).isEmpty();
        return reading.graph().orElseThrow();
    }

    private static List<String> problems(String... nodes) {
        return nodes(nodes).problems().stream().map(Problem::toString).toList();
    }

    private static Alert alert(String form) {
        return Objects.requireNonNull(graph("name: chat", "name: bell, adapter: ws, " + form)
                .node("bell")
                .alert());
    }

    private static String told(String body) {
        Template template =
                Objects.requireNonNull(alert("url: 'ws://h', body: " + body).body());
        return template.fill(new AtNode(name -> null, "chat", "in", "a \"b\"\n\\"));
    }

    @Test
    void namesItsServerOrWaitsForClients() {
        assertThat(alert("url: $BELL").url()).isEqualTo("wss://me:pass@bell/?t=secret");
        assertThat(alert("url: 'ws://h:1/x'")).isEqualTo(new Alert("ws://h:1/x", false, null));
        assertThat(alert("inbound: true")).isEqualTo(new Alert(null, true, null));
    }

    @Test
    void itsTextIsATemplate() {
        assertThat(told("'$NODE: $OUTPUT'")).isEqualTo("chat: a \"b\"\n\\");
        assertThat(told("{by: $NODE, 'say $x': ['<$OUTPUT>', 1.50, true, null]}"))
                .isEqualTo("{\"by\":\"chat\",\"say $x\":[\"<a \\\"b\\\"\\u000a\\\\>\",1.50,true,null]}");
    }

    @Test
    void aNodeSetsOffWhatItLeadsTo() {
        Graph graph = graph(
                "name: in, layer: 0, output-to: [1, named]",
                "name: mid, layer: 1, output-to: [2, 9]",
                "name: end, layer: 2, output-to: [9]",
                "name: named, adapter: ws, layer: 5, inbound: true",
                "name: layered, adapter: ws, layer: 9, inbound: true",
                "name: free, adapter: ws, inbound: true");

        assertThat(graph.node("in").alerts()).containsExactly("named");
        assertThat(graph.node("mid").alerts()).containsExactly("layered");
        assertThat(graph.node("mid").targets()).containsExactly("end");
        assertThat(graph.node("end").alerts()).containsExactly("layered");
        assertThat(graph.node("end").targets()).containsExactly("output");
        assertThat(graph.node("output").alerts()).containsExactly("free");
    }

    @Test
    void mistakesAreToldWithoutTheAddress() {
        assertThat(problems(
                        "name: chat",
                        "name: a, adapter: ws",
                        "name: b, adapter: ws, url: $BAD",
                        "name: c, adapter: ws, url: 'http://h', inbound: perhaps",
                        "name: d, adapter: ws, url: 'ws://'",
                        "name: e, adapter: ws, url: 'ws://h:99999', body: 7"))
                .extracting(problem -> problem.replaceFirst("^p.yaml:[0-9:]+ ", ""))
                .containsExactly(
                        "architecture[1]: tells nobody; add \"url\": \"ws://...\" of a server, or \"inbound\": true for"
                                + " clients",
                        "architecture[2].url: must begin with ws:// or wss://; write it like ws://127.0.0.1:9000/alerts",
                        "architecture[3].url: must begin with ws:// or wss://; write it like ws://127.0.0.1:9000/alerts",
                        "architecture[3].inbound: must be true or false, not text",
                        "architecture[4].url: is not an address; write it like ws://127.0.0.1:9000/alerts",
                        "architecture[5].url: has a port that is not from 1 to 65535; correct it",
                        "architecture[5].body: must be text, a map or a list, not a number");
    }

    @Test
    void anAlertOfANodeThatNobodyReachesIsNotReachedEither() {
        assertThat(problems(
                        "name: in, layer: 0, output-to: [output]",
                        "name: lost, layer: 3, output-to: [bell, output]",
                        "name: bell, adapter: ws, inbound: true"))
                .allSatisfy(problem -> assertThat(problem).contains("no node leads here"))
                .hasSize(2);
    }
}
