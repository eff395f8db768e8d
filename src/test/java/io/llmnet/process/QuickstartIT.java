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
    private static final String FRANCE =
            "{'model':'quickstart','messages':[{'role':'user','content':'What is the capital of France?'}]";

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
        assertThat(answer.headers().firstValue("x-llmnet-trace")).hasValue("router, brief, refiner");
        assertThat(completion.at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(completion.at("/choices/0/finish_reason").asText()).isIn("stop", "length");
        int prompt = completion.at("/usage/prompt_tokens").asInt();
        int said = completion.at("/usage/completion_tokens").asInt();
        assertThat(prompt).isPositive();
        assertThat(said).isPositive();
        assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(prompt + said);
    }

    @Test
    void aLongQuestionGoesToTheThoroughExpert() {
        String question = "Please tell me in your own words why the sky is blue during the day and red in the evening.";

        HttpResponse<String> answer =
                server().ask(FRANCE.replace("What is the capital of France?", question) + ",'max_tokens':24}");

        assertThat(answer.headers().firstValue("x-llmnet-trace")).hasValue("router, thorough, refiner");
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
