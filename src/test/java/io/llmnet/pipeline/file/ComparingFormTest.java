package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes say about choosing by embeddings. */
class ComparingFormTest {
    private static Reading read(String... nodes) {
        return CompositionsTest.read(
                "p.yaml",
                "models: {m: {url: \"http://h\"}, v: {url: \"http://h\"}}\narchitecture:\n- {"
                        + String.join("}\n- {", nodes) + "}\n");
    }

    private static List<String> problems(String... nodes) {
        return read(nodes).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aRouterThatComparesNeedsNoModel() {
        Reading reading = read(
                "name: in, layer: 0, choose-by: embedding, embedding-model: v, output-to: [1]",
                "name: a, layer: 1, model: m, use-case: code, examples: [Fix it., 'Why?']",
                "name: b, layer: 1, model: m, examples: [Hello]");

        assertThat(reading.problems()).isEmpty();
        Graph graph = reading.graph().orElseThrow();
        assertThat(graph.node("in").chooseBy()).isEqualTo(Node.ChooseBy.EMBEDDING);
        assertThat(graph.node("in").embeddingModel()).isEqualTo("v");
        assertThat(graph.node("in").model()).isNull();
        assertThat(graph.node("a").examples()).containsExactly("Fix it.", "Why?");
        assertThat(graph.comparesHere()).isFalse();
    }

    @Test
    void withoutAModelForItItComparesInThisProcess() {
        Reading reading = read(
                "name: in, layer: 0, choose-by: embedding, output-to: [1]",
                "name: a, layer: 1, model: m, use-case: code",
                "name: b, layer: 1, model: m, use-case: prose");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.graph().orElseThrow().comparesHere()).isTrue();
    }

    @Test
    void theModelIsTheDefault() {
        Reading reading = read(
                "name: in, layer: 0, model: m, choose-by: model, output-to: [1]",
                "name: a, layer: 1, model: m",
                "name: b, layer: 1, model: m");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.graph().orElseThrow().node("in").chooseBy()).isEqualTo(Node.ChooseBy.MODEL);
        assertThat(reading.graph().orElseThrow().node("a").chooseBy()).isEqualTo(Node.ChooseBy.MODEL);
    }

    @Test
    void aNodeThatMayAnswerItselfStillNeedsAModel() {
        assertThat(problems(
                        "name: in, layer: 0, choose-by: embedding, output-to: [a, out]",
                        "name: a, layer: 1, model: m, use-case: code, output-to: [out]",
                        "name: out, adapter: output, use-case: talk"))
                .containsExactly(
                        "p.yaml:3:3: architecture[0]: does not say which model to ask; add \"model\": one of m, v");
    }

    @Test
    void whatIsWrongIsToldAtOnce() {
        assertThat(problems(
                        "name: in, layer: 0, model: m, choose-by: vectors, embedding-model: w, output-to: [1]",
                        "name: a, layer: 1, model: m, examples: code",
                        "name: b, layer: 1, model: m, examples: [1, [x], ' ', " + "x".repeat(1001) + "]"))
                .containsExactly(
                        "p.yaml:3:45: architecture[0].choose-by: must be model or embedding",
                        "p.yaml:3:71: architecture[0].embedding-model: has no effect without \"choose-by\":"
                                + " \"embedding\"; add that",
                        "p.yaml:3:71: architecture[0].embedding-model: there is no model \"w\"; use one of m, v",
                        "p.yaml:4:43: architecture[1].examples: must be a list, not text",
                        "p.yaml:5:44: architecture[2].examples[0]: must be text, not a number; put it in quotes",
                        "p.yaml:5:47: architecture[2].examples[1]: must be text, not a list",
                        "p.yaml:5:52: architecture[2].examples[2]: is empty; write a request into it",
                        "p.yaml:5:57: architecture[2].examples[3]: has more than 1000 characters, and more are not"
                                + " compared; shorten it");
    }

    @Test
    void tooManyExamplesAreRefused() {
        assertThat(problems(
                        "name: in, layer: 0, choose-by: embedding, output-to: [1]",
                        "name: a, layer: 1, model: m, use-case: x, examples: [" + "y, ".repeat(51) + "]",
                        "name: b, layer: 1, model: m, use-case: x"))
                .containsExactly(
                        "p.yaml:4:56: architecture[1].examples: are more than 50; keep those that differ most");
    }

    @Test
    void whatHasNoEffectIsTold() {
        assertThat(problems(
                        "name: in, layer: 0, choose-by: embedding, output-to: [1]",
                        "name: a, layer: 1, model: m, choose-by: embedding, examples: [x], output-to: [2]",
                        "name: b, layer: 1, model: m, output-to: [2]",
                        "name: c, layer: 2, model: m, examples: [x]"))
                .containsExactly(
                        "p.yaml:3:35: architecture[0].choose-by: can compare \"b\" by its name alone; give it a"
                                + " \"use-case\" or \"examples\"",
                        "p.yaml:4:44: architecture[1].choose-by: has no effect, for this node does not choose; take it"
                                + " out",
                        "p.yaml:6:43: architecture[3].examples: have no effect, for no node that leads here has"
                                + " \"choose-by\": \"embedding\"");
    }
}
