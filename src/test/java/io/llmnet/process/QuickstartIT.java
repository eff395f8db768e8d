package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.process.Program.Ended;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start with the real model, as a user types it. Skipped only where the model cannot be fetched. */
class QuickstartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LABELLED = Path.of("src/test/resources/intent");
    private static final String FRANCE =
            "{'model':'quickstart','messages':[{'role':'user','content':'What is the capital of France?'}]";

    /** A native program cannot load the embedding library, and takes the first expert. */
    private static final String ROUTER = Program.isNative() ? "router;fallback=down" : "router";

    @TempDir
    private static Path folder;

    private static @Nullable Serving serving;

    @BeforeAll
    static void start() {
        Ended fetched = Program.in(folder).run("quickstart", "--fetch-only");
        Assumptions.assumeTrue(fetched.code() == 0, () -> {
            String why = "the model cannot be fetched: " + fetched.err().strip();
            System.out.println("QuickstartIT is skipped, " + why);
            return why;
        });
        assertThat(Path.of(fetched.out().strip())).isRegularFile();
        serving = Serving.start(Program.in(folder), "quickstart", "--port", "0");
    }

    @AfterAll
    static void stop() {
        if (serving != null) {
            serving.close();
        }
    }

    private static Serving server() {
        return Objects.requireNonNull(serving);
    }

    @Test
    void printsALineToTry() {
        assertThat(server().running().out())
                .contains("curl -s " + server().root() + "/v1/chat/completions")
                .contains("Ctrl-C ends it.");
    }

    @Test
    void anAnswerPassesRouterExpertAndRefiner() throws IOException {
        HttpResponse<String> answer = server().ask(FRANCE + ",'temperature':0}");

        JsonNode completion = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-llmnet-trace")).hasValue(ROUTER + ", teacher, refiner");
        assertThat(completion.at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(completion.at("/choices/0/finish_reason").asText()).isIn("stop", "length");
        int prompt = completion.at("/usage/prompt_tokens").asInt();
        int said = completion.at("/usage/completion_tokens").asInt();
        assertThat(prompt).isPositive();
        assertThat(said).isPositive();
        assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(prompt + said);
    }

    @Test
    void smallTalkGoesToTheOtherExpert() {
        Assumptions.assumeFalse(Program.isNative(), "a native program cannot compare by itself");
        String question = "Good morning, I slept so well!";

        HttpResponse<String> answer =
                server().ask(FRANCE.replace("What is the capital of France?", question) + ",'max_tokens':24}");

        assertThat(answer.headers().firstValue("x-llmnet-trace")).hasValue("router, friend, refiner");
    }

    @Test
    void aStreamCountsAllCalls() throws IOException {
        HttpResponse<String> stream = server().ask(FRANCE + ",'stream':true,'stream_options':{'include_usage':true}}");

        List<String> events = stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .collect(Collectors.toList());
        JsonNode usage = JSON.readTree(events.get(events.size() - 2)).path("usage");
        assertThat(events).hasSizeGreaterThan(4).endsWith("[DONE]");
        // the expert's answer is counted too: more tokens than there are events of the refiner's
        assertThat(usage.path("completion_tokens").asInt()).isGreaterThan(events.size() - 4);
        assertThat(usage.path("prompt_tokens").asInt()).isPositive();
    }

    @Test
    void aRealModelChoosesOneOfTheNames() throws IOException {
        Files.writeString(folder.resolve("desk.yaml"), """
                models:
                  small: {url: %s}
                architecture:
                  - {name: desk, layer: 0, model: small, output-to: [1]}
                  - {name: billing, layer: 1, model: small, use-case: Invoices and refunds, output-to: [out]}
                  - {name: technics, layer: 1, model: small, use-case: Errors and crashes, output-to: [out]}
                  - {name: smalltalk, layer: 1, model: small, use-case: Everything else, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(nodeUrl()));
        try (Serving desk = Serving.start(Program.in(folder), "run", "--port", "0", "desk.yaml")) {
            for (String question : List.of("I want my money back", "The program crashes", "Nice weather today", "42")) {
                HttpResponse<String> answer = desk.ask("{'model':'desk','max_tokens':4,'messages':[{'role':'user',"
                        + "'content':'" + question + "'}]}");

                assertThat(answer.statusCode()).isEqualTo(200);
                // a name alone: a fallback would be told beside it
                assertThat(answer.headers().firstValue("x-llmnet-trace").orElse(""))
                        .matches("desk, (billing|technics|smalltalk)");
            }
        }
    }

    /** The labelled requests, chosen for both ways by the running program. */
    @Test
    void embeddingsChooseAtLeastAsWellAsTheSmallModel() throws IOException {
        Assumptions.assumeFalse(Program.isNative(), "a native program cannot compare by itself");
        String experts = Files.readString(LABELLED.resolve("experts.yaml"));
        Files.writeString(folder.resolve("embedding.yaml"), experts);
        Files.writeString(folder.resolve("model.yaml"), experts.replace("choose-by: embedding", "choose-by: model"));
        List<String> requests = Files.readAllLines(LABELLED.resolve("requests.txt"));
        Program program = Program.in(folder).with("NODE", nodeUrl());

        try (Serving desk = Serving.start(program, "run", "--port", "0", "embedding.yaml", "model.yaml")) {
            long byEmbedding = right(desk, "embedding", requests);
            long byModel = right(desk, "model", requests);

            System.out.printf(
                    "of %d requests chosen right: by embedding %d, by SmolLM2-135M %d%n",
                    requests.size(), byEmbedding, byModel);
            assertThat(requests).hasSize(40);
            assertThat(byEmbedding).isGreaterThanOrEqualTo(34).isGreaterThanOrEqualTo(byModel);
        }
    }

    private static long right(Serving desk, String pipeline, List<String> requests) {
        return requests.stream()
                .map(line -> line.split(": ", 2))
                .filter(labelled -> {
                    HttpResponse<String> answer = desk.ask("{'model':'" + pipeline + "','max_tokens':1,'messages':[{"
                            + "'role':'user','content':'" + labelled[1].replace('\'', '’') + "'}]}");
                    return answer.headers()
                            .firstValue("x-llmnet-trace")
                            .orElse("")
                            .equals("desk, " + labelled[0]);
                })
                .count();
    }

    @Test
    void toldToEndTheServerTakesItsNodeAlong() {
        Serving other = Serving.start(Program.in(folder), "quickstart", "--port", "0");
        List<ProcessHandle> family = other.running().process().descendants().toList();

        other.terminate();

        assertThat(other.running().code()).isEqualTo(143);
        assertThat(family).isNotEmpty();
        Serving.until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void killedTheServerLeavesNoNodeBehind() {
        Serving other = Serving.start(Program.in(folder), "quickstart", "--port", "0");
        List<ProcessHandle> family = other.running().process().descendants().toList();

        other.running().close();

        assertThat(family).isNotEmpty();
        Serving.until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Where the node of the server listens, as it was told. */
    private static String nodeUrl() {
        String commands = server().running()
                .process()
                .descendants()
                .map(child -> String.join(" ", child.info().arguments().orElse(new String[0])))
                .collect(Collectors.joining("\n"));
        Matcher port = Pattern.compile("--port (\\d+)").matcher(commands);
        assertThat(port.find()).isTrue();
        return "http://127.0.0.1:" + port.group(1);
    }
}
