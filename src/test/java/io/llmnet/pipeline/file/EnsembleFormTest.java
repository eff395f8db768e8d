package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Outline;
import io.llmnet.pipeline.draw.MermaidDrawing;
import io.llmnet.pipeline.draw.Picture;
import io.llmnet.pipeline.draw.SvgDrawing;
import io.llmnet.pipeline.draw.TextDrawing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nodes say about models that answer together. */
class EnsembleFormTest {
    private static final String VOTE = "ensemble: {strategy: voting, models: [a, b, c]}";

    private static Reading read(String... nodes) {
        return CompositionsTest.read(
                "p.yaml",
                "models: {a: {url: \"http://h\"}, b: {url: \"http://h\"}, c: {url: \"http://h\"}}\narchitecture:\n- {"
                        + String.join("}\n- {", nodes) + "}\n");
    }

    private static Graph right(String... nodes) {
        Reading reading = read(nodes);
        assertThat(reading.problems()).isEmpty();
        return reading.graph().orElseThrow();
    }

    private static List<String> problems(String... nodes) {
        return read(nodes).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void severalModelsAnswerInPlaceOfOne() {
        Graph graph = right("name: x, ensemble: {strategy: JUDGE, models: [a, {name: second, model: b, weight: 2}],"
                + " judge: {model: c, share: 0.5}, deadline: 9s}");

        Node node = graph.node("x");
        assertThat(node.model()).isNull();
        assertThat(node.council())
                .isEqualTo(new Council(
                        graph.name() + "/x",
                        Strategy.JUDGE,
                        List.of(Seat.of("a"), new Seat("second", "b", null, 2)),
                        Duration.ofSeconds(9),
                        Terms.USUAL.with(new Terms.Judge(Seat.of("c"), 128, null, 0.5))));
        assertThat(graph.comparesHere()).isFalse();
    }

    @Test
    void aManifestTakesItToo() {
        Reading reading = CompositionsTest.read("p.yaml", """
                apiVersion: llmnet/v1
                kind: Pipeline
                metadata: {name: jury}
                spec:
                  composition:
                    models: {a: {url: "http://h"}, b: {url: "http://h"}}
                    architecture: [{name: x, ensemble: {strategy: fastest, models: [a, b]}}]
                """);

        assertThat(reading.problems()).isEmpty();
        Council council = reading.graph().orElseThrow().node("x").council();
        assertThat(council == null ? "" : council.name()).isEqualTo("jury/x");
    }

    @Test
    void likenessByEmbeddingsIsFoundInThisProcess() {
        assertThat(right("name: x, ensemble: {strategy: voting, models: [a, b], likeness: embedding}")
                        .comparesHere())
                .isTrue();
    }

    @Test
    void anEnsembleMayAnswerAfterARouter() {
        assertThat(right("name: in, layer: 0, model: a, output-to: [1]", "name: x, layer: 1, " + VOTE)
                        .node("x")
                        .asks())
                .isEqualTo("voting: a, b, c");
        right(
                "name: in, layer: 0, choose-by: embedding, " + VOTE + ", output-to: [x, out]",
                "name: x, layer: 1, model: b, use-case: code, output-to: [out]",
                "name: out, adapter: output, use-case: talk");
        right(
                "name: in, layer: 0, output-to: [1]",
                "name: x, layer: 1, " + VOTE + ", output-to: [2]",
                "name: y, layer: 2, model: a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: a, ensemble: {strategy: voting, models: [a, b]}|: stands beside \"model\", and a node asks the"
                        + " one or the other; take one out",
                "ensemble: {strategy: voting, models: [a, bb, bb]}|.models[1]: there is no model \"bb\"; did you mean"
                        + " \"b\"?",
                "ensemble: {strategy: merge, models: [a, b], judge: x}|.judge: there is no model \"x\"; use one of a, b,"
                        + " c",
                "ensemble: {strategy: merge, models: [a, b], judge: {model: xyz}}|.judge.model: there is no model"
                        + " \"xyz\"; use one of a, b, c",
                "ensemble: {strategy: merge, models: [a, b]}|.strategy: merge needs a \"judge\"; name the model that"
                        + " picks, or merges",
                "ensemble: {strategy: most, models: [a, b]}|.strategy: there is no \"most\"; use one of fastest,"
                        + " voting, weighted, consensus, judge, merge, cascade",
                "ensemble: {models: [a, b]}|: the key \"strategy\" is missing; add one of fastest, voting, weighted,"
                        + " consensus, judge, merge, cascade",
                "ensemble: {strategy: voting, models: [{model: a, backend: x}, b]}|.models[0]: unknown key"
                        + " \"backend\"; it has no effect"
            })
    void whatIsWrongWithAnEnsembleIsToldWhereItStands(String keys, String problem) {
        assertThat(problems("name: x, " + keys))
                .first()
                .asString()
                .startsWith("p.yaml:3:")
                .endsWith(": architecture[0].ensemble" + problem);
    }

    @Test
    void whatAnswersDoesNotChoose() {
        assertThat(problems(
                        "name: in, layer: 0, " + VOTE + ", output-to: [1]",
                        "name: x, layer: 1, model: a",
                        "name: y, layer: 1, model: b"))
                .containsExactly(
                        "p.yaml:3:34: architecture[0].ensemble: cannot choose who answers; write a \"model\" in"
                                + " its place, and give it to a node that answers");
        assertThat(problems(
                        "name: x, layer: 1, " + VOTE + ", output-to: [y, z]",
                        "name: in, layer: 0, output-to: [1]",
                        "name: y, layer: 2, model: a",
                        "name: z, layer: 2, model: b"))
                .containsExactly(
                        "p.yaml:3:33: architecture[0].ensemble: answers, and cannot choose among several; write"
                                + " \"choose-by\": \"embedding\", or lead to one node");
    }

    @Test
    void whatHasNoEffectIsTold() {
        assertThat(problems("name: in, layer: 0, " + VOTE + ", output-to: [1]", "name: x, layer: 1, model: a"))
                .containsExactly("p.yaml:3:34: architecture[0].ensemble: has no effect, for this node only leads on;"
                        + " give it to a node that answers");
        assertThat(problems("name: x, model: a", "name: bell, adapter: ws, url: \"ws://h\", " + VOTE))
                .containsExactly("p.yaml:4:54: architecture[1].ensemble: has no effect, for this node asks no model;"
                        + " take it out");
        assertThat(problems("name: x, " + VOTE + ", extra-options: {model-override: m}"))
                .containsExactly("p.yaml:3:94: architecture[0].extra-options.model-override: has no effect with an"
                        + " \"ensemble\", whose models keep their names");
    }

    @Test
    void whoIsAskedIsSeen() {
        Graph graph = right(
                "name: in, layer: 0, output-to: [1]",
                "name: x, layer: 1, ensemble: {strategy: judge, models: [a, b], judge: c}");
        Picture picture = Picture.of(graph);

        assertThat(TextDrawing.of(picture)).contains("x  (asks judge by c: a, b)\n");
        assertThat(MermaidDrawing.of(picture)).contains("<b>x</b><br/>judge by c: a, b");
        assertThat(SvgDrawing.of(picture)).contains("judge by c: a, b");
        assertThat(Outline.text("p.yaml", graph)).contains("""
                    [x] 127.0.0.1:auto
                      Ensemble: judge by c: a, b
                """);
    }
}
