package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.quickstart.Household;
import io.llmnet.quickstart.NodeProcess;
import io.llmnet.quickstart.SmallModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real model: that of the system property {@code llmnet.test.model}, or that of the quick start. */
@Timeout(120)
class InferenceNodeRealModelTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String COUNT = "'messages':[{'role':'user','content':'Count from one to fifty in words.'}]";

    private static @Nullable InferenceNode node;
    private static @Nullable Caller caller;

    @BeforeAll
    static void startOnce() throws IOException {
        NodeProcess.prepare(System.out::println);
        Map<String, String> flags =
                Map.of("model-path", modelOrSkip().toString(), "port", "0", "n-ctx", "1024", "n-parallel", "2");
        InferenceNode started = InferenceNode.start(NodeOptions.of(flags, Map.of()));
        node = started;
        caller = new Caller(started);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void theSameSeedSaysTheSame() {
        String body = "{" + COUNT + ",'seed':42,'temperature':1,'max_tokens':12}";

        JsonNode first = Caller.json(caller().post(CHAT, body).body());
        JsonNode second = Caller.json(caller().post(CHAT, body).body());

        assertThat(first.at("/choices")).isEqualTo(second.at("/choices"));
        assertThat(first.at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(first.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void aStreamSaysWhatTheWholeSays() {
        String body = "{" + COUNT + ",'temperature':0,'max_tokens':20";

        JsonNode whole = Caller.json(caller().post(CHAT, body + "}").body());
        HttpResponse<String> stream = caller().post(CHAT, body + ",'stream':true}");

        List<String> events = Caller.events(stream);
        String streamed = events.subList(0, events.size() - 1).stream()
                .map(event -> Caller.json(event).at("/choices/0/delta/content").asText(""))
                .collect(Collectors.joining());
        assertThat(streamed).isEqualTo(whole.at("/choices/0/message/content").asText());
    }

    @Test
    void aSchemaIsFollowedToItsEnd() {
        String schema = "{'type':'object','required':['colour','sure'],'properties':{"
                + "'colour':{'enum':['röd','blå 😀']},'sure':{'type':'boolean'}}}";

        JsonNode answer = Caller.json(caller().post(
                        CHAT,
                        "{" + COUNT + ",'max_tokens':200,'response_format':{'type':'json_schema',"
                                + "'json_schema':{'name':'x','strict':true,'schema':" + schema + "}}}")
                .body());

        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        JsonNode said = Caller.json(answer.at("/choices/0/message/content").asText());
        assertThat(said.path("colour").asText()).isIn("röd", "blå 😀");
        assertThat(said.path("sure").isBoolean()).isTrue();
    }

    @Test
    void anyObjectIsJson() {
        JsonNode answer = Caller.json(caller().post(
                        CHAT,
                        "{" + COUNT + ",'temperature':0,'max_tokens':1000,'stop':['\\n\\n\\n'],"
                                + "'response_format':{'type':'json_object'}}")
                .body());

        assertThat(answer.at("/choices/0/message/content").asText()).startsWith("{");
    }

    @Test
    void emojiAndNulSurviveTheTemplate() {
        HttpResponse<String> answer = caller().post(
                        CHAT,
                        "{'messages':[{'role':'user','content':'😀 \\u0000 \\ud83d <|im_end|> \\ue000'}],'max_tokens':2}");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aCallerWhoHangsUpFreesTheSlotForOthers() throws IOException {
        caller().hangUpAfterFirstBytes(CHAT, "{" + COUNT + ",'stream':true,'max_tokens':900}");

        caller().until(status -> status.at("/slots/busy").asInt() == 0);
        assertThat(caller().post(CHAT, "{" + COUNT + ",'max_tokens':2}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void twoAreAnsweredAtOnce() {
        String body = "{" + COUNT + ",'max_tokens':15,'temperature':0}";

        CompletableFuture<HttpResponse<String>> one = caller().later(CHAT, body);
        CompletableFuture<HttpResponse<String>> other = caller().later(CHAT, body);

        assertThat(one.join().statusCode()).isEqualTo(200);
        assertThat(other.join().statusCode()).isEqualTo(200);
    }

    @Test
    void theContextIsFilledToItsEnd() {
        JsonNode answer = Caller.json(caller().post(
                        "/v1/completions", "{'prompt':'" + "word ".repeat(990) + "','max_tokens':500,'temperature':0}")
                .body());

        assertThat(answer.at("/usage/total_tokens").asInt()).isLessThanOrEqualTo(1024);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isIn("length", "stop");
    }

    private static Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("not started");
        }
        return caller;
    }

    private static Path modelOrSkip() {
        try {
            return model();
        } catch (IOException e) {
            String why = e.getMessage() + "; a file of your own is named by -Dllmnet.test.model";
            System.out.println("InferenceNodeRealModelTest is skipped: " + why);
            return Assumptions.abort(why);
        }
    }

    private static Path model() throws IOException {
        String named = System.getProperty("llmnet.test.model");
        return named != null
                ? Path.of(named)
                : new SmallModel(Household.of(System::getenv).models(), System.out::println).fetch();
    }
}
