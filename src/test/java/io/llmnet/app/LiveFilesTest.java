package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A folder of pipelines and routes that is alive. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class LiveFilesTest {
    private final Caller caller = Caller.ofServer();
    private final List<Path> written = new ArrayList<>();

    @Inject
    CamelContext camel;

    @AfterEach
    void takeAway() throws IOException {
        for (Path file : written) {
            Files.deleteIfExists(file);
        }
        written.clear();
        Eventually.holds(
                "the pipelines are gone", () -> !caller.get("/v1/models").body().contains("live-"));
        Eventually.holds("the routes are gone", () -> liveRoutes().isEmpty());
    }

    private List<String> liveRoutes() {
        return camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> id.startsWith("live-"))
                .toList();
    }

    /** Written beside and moved into place, as careful editors do. */
    private Path write(String name, String text) throws IOException {
        Path file = Served.live().resolve(name);
        Path aside = Files.writeString(Files.createTempFile(Served.live(), ".new", ".tmp"), text);
        written.add(file);
        return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String saying(String words) {
        return model("say:" + words);
    }

    private static String model(String model) {
        return "models: {m: {url: '" + Served.backend().url() + "', model: '" + model + "'}}\n"
                + "architecture: [{name: chat, layer: 0, model: m}]\n";
    }

    private static String ofTwo(String first, String second) {
        return "models: {a: {url: '" + Served.backend().url() + "', model: '" + first + "'},"
                + " b: {url: '" + Served.backend().url() + "', model: '" + second + "'}}\n"
                + "architecture:\n"
                + "  - {name: router, layer: 0, model: a, output-to: [1]}\n"
                + "  - {name: first, layer: 1, model: a, output-to: [last]}\n"
                + "  - {name: last, layer: 2, model: b}\n";
    }

    private void says(String model, String words) {
        Eventually.holds(model + " says " + words, () -> {
            HttpResponse<String> answer = caller.chat(question(model, "hello"));
            return answer.statusCode() == 200 && content(answer).equals(words);
        });
    }

    @Test
    void aNewFileIsANewModel() throws IOException {
        write("live-new.yaml", saying("one"));

        says("live-new", "one");
        assertThat(caller.get("/v1/models").body()).contains("live-new");
    }

    @Test
    void aChangedFileIsAnotherVersion() throws IOException {
        write("live-changed.yaml", saying("one"));
        says("live-changed", "one");
        write("live-changed.yaml", saying("two"));
        says("live-changed", "two");
        write("live-changed.yaml", ofTwo("ok", "say:three"));

        says("live-changed", "three");
    }

    @Test
    void aRenamedFileHasAnotherNameAndAGoneOneNone() throws IOException {
        Path file = write("live-before.yaml", saying("one"));
        says("live-before", "one");
        written.add(Files.move(file, file.resolveSibling("live-after.yaml")));

        says("live-after", "one");
        assertThat(caller.chat(question("live-before", "hello")).statusCode()).isEqualTo(404);
    }

    @Test
    void aBrokenFileLeavesTheOldVersionInPlace() throws IOException {
        write("live-broken.yaml", saying("one"));
        says("live-broken", "one");
        write("live-broken.yaml", "models: [");
        write("live-witness.yaml", saying("seen"));
        says("live-witness", "seen");

        assertThat(content(caller.chat(question("live-broken", "hello")))).isEqualTo("one");
    }

    @Test
    void aStreamInFlightFinishesOnTheVersionItBeganWith() throws IOException {
        write("live-stream.yaml", ofTwo("ok", "slow:200"));
        Eventually.holds("it is there", () -> caller.get("/v1/models").body().contains("live-stream"));
        CompletableFuture<HttpResponse<String>> running =
                caller.later("/v1/chat/completions", streamed("live-stream", "hello"));
        write("live-stream.yaml", saying("new"));

        says("live-stream", "new");
        Files.delete(Served.live().resolve("live-stream.yaml"));
        HttpResponse<String> answer = running.join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(said(answer.body())).startsWith("0 1 2").endsWith("198 199");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aRequestBetweenTwoNodesFinishesOnTheVersionItBeganWith() throws IOException {
        write("live-between.yaml", ofTwo("slow:100", "ok"));
        Eventually.holds("it is there", () -> caller.get("/v1/models").body().contains("live-between"));
        String id = Caller.newId();
        CompletableFuture<HttpResponse<String>> running =
                caller.later("/v1/chat/completions", question("live-between", "hello"), "x-request-id", id);
        Eventually.holds(
                "its first node is asked", () -> !Served.backend().visits(id).isEmpty());
        write("live-between.yaml", saying("new"));
        says("live-between", "new");

        HttpResponse<String> answer = running.join();

        assertThat(content(answer)).startsWith("ok heard 0 1 2");
        assertThat(answer.headers().firstValue("x-llmnet-trace")).contains("router, first, last");
    }

    @Test
    void aPipelineThatHasComeToRestGetsRoutesOfItsOwn() throws IOException {
        write("live-rest.yaml", ofTwo("ok", "say:one"));
        Eventually.holds("it has routes", () -> liveRoutes().contains("live-rest/first"));
        write("live-rest.yaml", saying("two"));
        Eventually.holds(
                "it has others",
                () -> liveRoutes().size() == 1 && liveRoutes().get(0).endsWith("/chat"));

        says("live-rest", "two");
    }

    @Test
    void routesOfTheUsersOwnAskModelsAndPipelines() throws IOException {
        write("live-asked.yaml", saying("the answer"));
        says("live-asked", "the answer");
        Path out = Files.createDirectories(Served.live().resolve("live-out"));
        write("routes/mine.yaml", route(out, "live-model", "llm:live-asked/m"));
        Path answer = out.resolve("live-model.txt");
        written.add(answer);
        Eventually.holds("a model has answered", () -> holds(answer, "the answer"));
        write("routes/mine.yaml", route(out, "live-pipeline", "pipeline:live-asked"));
        Path other = out.resolve("live-pipeline.txt");
        written.add(other);
        Eventually.holds("a pipeline has answered", () -> holds(other, "the answer"));

        assertThat(liveRoutes()).contains("live-pipeline").doesNotContain("live-model");
        written.add(out);
    }

    /** Whether a file is written, and whole. */
    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void wrongRoutesLeaveTheOldOnesInPlace() throws IOException {
        Path out = Files.createDirectories(Served.live().resolve("live-out"));
        write("routes/wrong.yaml", route(out, "live-right", "log:mine"));
        Eventually.holds("the route is there", () -> liveRoutes().contains("live-right"));
        write("routes/wrong.yaml", route(out, "live-wrong", "no-such-component:x"));
        write("routes/witness.yaml", route(out, "live-witness", "log:mine"));
        Eventually.holds("the other file was read", () -> liveRoutes().contains("live-witness"));

        assertThat(liveRoutes()).contains("live-right").doesNotContain("live-wrong");
        for (String file : List.of("live-right.txt", "live-wrong.txt", "live-witness.txt")) {
            written.add(out.resolve(file));
        }
        written.add(out);
    }

    @Test
    void theExampleAnswersTheFilesInAFolder() throws IOException {
        Path prompts = Files.createDirectories(Served.live().resolve("live-prompts"));
        String example = Files.readString(Path.of("examples/folder/routes/prompts.yaml"))
                .replace("id: prompts", "id: live-prompts")
                .replace("file:prompts", "file:" + prompts)
                .replace("pipeline:assistant", "pipeline:example-assistant");
        write("routes/prompts.yaml", example);
        Files.writeString(prompts.resolve("sky.txt"), "why blue?");

        Path answer = prompts.resolve("answered/sky.answer.txt");
        Eventually.holds(
                "it is answered, and moved", () -> Files.exists(answer) && !Files.exists(prompts.resolve("sky.txt")));

        assertThat(answer).hasContent("llama3.2 heard why blue?");
        assertThat(prompts.resolve("answered/sky.txt")).hasContent("why blue?");
    }

    private static String route(Path out, String id, String asked) {
        return """
                - route:
                    id: %s
                    from:
                      uri: timer:once?repeatCount=1&delay=0
                      steps:
                        - setBody: {constant: "a question"}
                        - to: "%s"
                        - to: "file:%s?fileName=%s.txt"
                """.formatted(id, asked, out, id);
    }
}
