package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.NoBackends;
import io.llmnet.camel.Deployments;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.http.Entry;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelinesTest {
    private static final Graph GRAPH = Compositions.read(
                    "only.json",
                    ServedPipelines.alone(URI.create("http://127.0.0.1:1"), "openai-api", "ok"),
                    name -> null)
            .graph()
            .orElseThrow();

    @Test
    void theOnlyPipelineAnswersToAnyName() throws Exception {
        Pipelines pipelines = of("only");

        assertThat(List.of("only", "llmnet", "gpt-9"))
                .allSatisfy(name -> assertThat(named(pipelines, name)).isEqualTo("only"));
        assertThat(named(pipelines, null)).isEqualTo("only");
    }

    @Test
    void ofSeveralOnlyTheNamedAnswersAndTheFirstIsTheDefault() throws Exception {
        Pipelines pipelines = of("first", "second");

        assertThat(named(pipelines, "second")).isEqualTo("second");
        assertThat(named(pipelines, "llmnet")).isEqualTo("first");
        assertThat(named(pipelines, null)).isEqualTo("first");
        assertThat(pipelines.named("gpt-9")).isNull();
        assertThat(pipelines.names()).containsExactly("first", "second");
    }

    @Test
    void aPipelineCalledLlmnetIsTheDefault() throws Exception {
        assertThat(named(of("first", "llmnet"), "llmnet")).isEqualTo("llmnet");
    }

    @Test
    void withoutPipelinesThereIsNobody() throws Exception {
        assertThat(of().named("llmnet")).isNull();
        assertThat(of().names()).isEmpty();
    }

    private static Pipelines of(String... names) throws Exception {
        List<Graph> graphs = new ArrayList<>();
        for (String name : names) {
            graphs.add(new Graph(
                    name,
                    GRAPH.nodes(),
                    GRAPH.models(),
                    GRAPH.entry(),
                    GRAPH.functions(),
                    GRAPH.headerVariables(),
                    GRAPH.listen()));
        }
        try (Deployments deployments = new Deployments(new DefaultCamelContext(), 10, Watcher.NOBODY)) {
            deployments.begin(graphs);
            return new Pipelines(
                    deployments::all,
                    Map::of,
                    (council, call) -> new CompletableFuture<>(),
                    NoBackends.gateway(NoBackends.dispatch((backend, ask) -> new CompletableFuture<>())),
                    call -> new CompletableFuture<>());
        }
    }

    private static @Nullable String named(Pipelines pipelines, @Nullable String model) {
        Entry entry = pipelines.named(model);
        return entry == null ? null : entry.name();
    }
}
