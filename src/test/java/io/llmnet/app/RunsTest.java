package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.events;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.FakeVisit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request runs through pipelines of several nodes. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class RunsTest {
    /** More than there are threads that wait for routers' models. */
    private static final int MANY_CHOICES = 300;

    /** What a caller may say beside the question. */
    private static final String RICH = "'temperature':0.25,'top_p':0.50,'seed':7,'stop':['###'],'max_tokens':99,"
            + "'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object'}}}],"
            + "'parallel_tool_calls':false,'an_unknown_key':{'kept':[1.0,2e3]}";

    private static final String PIXEL = "data:image/png;base64,iVBORw0KGgo=";

    private final Caller caller = Caller.ofServer();

    @ParameterizedTest
    @CsvSource({"one two, small, 'router, quick'", "one two three four five, large, 'router, careful'"})
    void rulesChooseWhoAnswers(String text, String answer, String trace) {
        HttpResponse<String> told = caller.chat(question("rules", text));

        assertThat(content(told)).isEqualTo(answer);
        assertThat(trace(told)).isEqualTo(trace);
        assertThat(json(told.body()).at("/usage/total_tokens").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "intent, coder, 'router, coder'",
        "intent-json, coder, 'router, coder'",
        "intent-plain, coder, 'router, coder'",
        "intent-nonsense, writer, 'router;fallback=nonsense, writer'",
        "intent-refused, writer, 'router;fallback=down, writer'",
        "intent-down, writer, 'router;fallback=down, writer'"
    })
    void aRoutersModelChoosesAndIsDoneWithoutWhereItIsOfNoHelp(String model, String who, String trace) {
        HttpResponse<String> answer = caller.chat(question(model, "Reverse a list."));
        HttpResponse<String> stream = caller.chat(streamed(model, "Reverse a list."));

        assertThat(content(answer)).isEqualTo("from the " + who);
        assertThat(trace(answer)).isEqualTo(trace);
        assertThat(said(stream.body())).isEqualTo("from the " + who);
        assertThat(trace(stream)).isEqualTo(trace);
    }

    @Test
    void aRoutersModelIsAskedForOneOfTheNamesAndWhatItUsesIsPaidFor() {
        String id = Caller.newId();

        HttpResponse<String> answer = caller.chat(question("intent", "Reverse a list."), "x-request-id", id);

        JsonNode asked = json(Served.backend().visits(id).get(0).text());
        assertThat(asked.at("/messages/0/content").asText())
                .contains("coder: programming", "writer: letters", "Reverse a list.");
        assertThat(asked.at("/response_format/json_schema/schema/properties/node/enum"))
                .map(JsonNode::asText)
                .containsExactly("coder", "writer");
        assertThat(json(answer.body()).at("/usage/total_tokens").asInt()).isEqualTo(20);
    }

    @Test
    void aModelThatRefusesToBeConstrainedIsAskedPlainly() {
        String id = Caller.newId();

        caller.chat(question("intent-plain", "Reverse a list."), "x-request-id", id);

        assertThat(Served.backend().visits(id))
                .extracting(visit -> json(visit.text()).has("response_format"))
                .containsExactly(true, false, false);
    }

    @Test
    void eachLayerGetsWhatTheOneBeforeSaidAndItsOwnContext() {
        String id = Caller.newId();

        HttpResponse<String> answer = caller.chat(question("layers", "Why?"), "x-request-id", id);

        List<FakeVisit> visits = Served.backend().visits(id);
        assertThat(visits).hasSize(2);
        assertThat(json(visits.get(0).text()).at("/messages/0/content").asText())
                .isEqualTo("You draft.");
        assertThat(json(visits.get(0).text()).at("/messages/1/content").asText())
                .isEqualTo("Why?");
        assertThat(json(visits.get(1).text()).at("/messages/0/content").asText())
                .isEqualTo("You finish.");
        assertThat(content(answer)).isEqualTo("ok heard two words");
        assertThat(trace(answer)).isEqualTo("router, draft, finish");
    }

    /** CONFORMANCE 16. */
    @ParameterizedTest
    @CsvSource({"layers, 20", "panel, 40", "panel-two, 30", "rules, 10", "middle, 10", "intent, 20"})
    void usageIsTheSumOfAllCalls(String model, int total) {
        HttpResponse<String> answer = caller.chat(question(model, "Why"));
        HttpResponse<String> stream = caller.chat(streamed(model, "Why"));

        List<String> events = events(stream.body());
        assertThat(json(answer.body()).at("/usage/total_tokens").asInt()).isEqualTo(total);
        assertThat(json(answer.body()).at("/usage/prompt_tokens").asInt()).isEqualTo(total * 7 / 10);
        assertThat(json(events.get(events.size() - 2)).at("/usage/total_tokens").asInt())
                .isEqualTo(total);
        assertThat(events).last().isEqualTo("[DONE]");
    }

    /** CONFORMANCE 16. */
    @Test
    void aStreamTellsNoUsageThatNobodyWants() {
        HttpResponse<String> answer =
                caller.chat("{'model':'layers','stream':true,'messages':[{'role':'user','content':'Why?'}]}");

        assertThat(answer.body()).doesNotContain("\"usage\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void allOfAPanelAreAskedAndTheRefinerGetsTheirAnswers() {
        String id = Caller.newId();

        HttpResponse<String> answer = caller.chat(question("panel", "Why?"), "x-request-id", id);

        assertThat(Served.backend().visits(id)).hasSize(4);
        assertThat(content(answer)).contains("Why?", "[first]\none", "[second]\ntwo", "[third]\nthree");
        assertThat(trace(answer)).isEqualTo("panel, first+second+third, refiner");
    }

    @Test
    void oneOfAPanelThatFailsIsLeftOutAndNamed() {
        HttpResponse<String> answer = caller.chat(question("panel-two", "Why?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(content(answer)).contains("[first]\none", "[third]\nthree").doesNotContain("[second]");
        assertThat(trace(answer)).isEqualTo("panel, first+second+third;failed=second, refiner");
    }

    @Test
    void aPanelOfWhichAllFailFailsAsItsFirst() {
        HttpResponse<String> answer = caller.chat(question("panel-none", "Why?"));
        HttpResponse<String> stream = caller.chat(streamed("panel-none", "Why?"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(stream.statusCode()).isEqualTo(429);
        assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("fake_429");
    }

    @Test
    void aPanelWithoutARefinerTellsAllAnswers() {
        HttpResponse<String> answer = caller.chat(question("panel-out", "Why?"));
        HttpResponse<String> stream = caller.chat(streamed("panel-out", "Why?"));

        assertThat(content(answer)).isEqualTo("[first]\none\n\n[second]\ntwo");
        assertThat(json(answer.body()).path("model").asText()).isEqualTo("panel-out");
        assertThat(json(answer.body()).at("/usage/total_tokens").asInt()).isEqualTo(20);
        assertThat(said(stream.body())).isEqualTo(content(answer));
        assertThat(events(stream.body())).last().isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({
        "Why, 'router, draft', ok heard Why",
        "one two three, 'router, draft, polish', ok heard ok heard one two three"
    })
    void aNodeInTheMiddleMayEndTheRunByItsWords(String text, String trace, String said) {
        HttpResponse<String> answer = caller.chat(question("middle", text));
        HttpResponse<String> stream = caller.chat(streamed("middle", text));

        assertThat(content(answer)).isEqualTo(said);
        assertThat(trace(answer)).isEqualTo(trace);
        assertThat(said(stream.body())).isEqualTo(said);
        assertThat(trace(stream)).isEqualTo(trace);
        assertThat(events(stream.body())).last().isEqualTo("[DONE]");
    }

    @Test
    void aRunThatGoesRoundIsStopped() {
        HttpResponse<String> answer = caller.chat(question("loop", "Why?"));

        assertThat(answer.statusCode()).isEqualTo(508);
        assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("hop_limit_exceeded");
        assertThat(json(answer.body()).at("/error/message").asText()).contains("Maximum hops (10) exceeded", "loop");
    }

    @Test
    void contextIsTheSystemPromptWithItsVariablesFilledIn() {
        String id = Caller.newId();

        caller.chat(question("context", "one two three"), "x-request-id", id);

        JsonNode messages = json(Served.backend().visits(id).get(0).text()).path("messages");
        assertThat(messages.at("/0/role").asText()).isEqualTo("system");
        assertThat(messages.at("/0/content").asText()).isEqualTo("Say it in 3 words, request " + id + ".");
        assertThat(messages.at("/1/content").asText()).isEqualTo("one two three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers", "context", "rules", "intent"})
    void whatTheCallerSaysBesideReachesTheAnsweringNodeAndNoOtherIsOfferedTools(String model) {
        String id = Caller.newId();
        String body = "{'model':'" + model + "'," + RICH + ",'messages':[{'role':'user','content':'I am Ada.'},"
                + "{'role':'assistant','content':'Hello.'},{'role':'user','content':[{'type':'text','text':'Look'},"
                + "{'type':'image_url','image_url':{'url':'" + PIXEL + "'}}]}]}";

        HttpResponse<String> answer = caller.chat(body, "x-request-id", id);

        assertThat(answer.statusCode()).isEqualTo(200);
        List<FakeVisit> visits = Served.backend().visits(id);
        String last = visits.get(visits.size() - 1).text();
        assertThat(last)
                .contains("\"temperature\":0.25", "\"top_p\":0.50", "\"seed\":7", "\"stop\":[\"###\"]")
                .contains("\"max_tokens\":99", "\"tools\":[", "\"parallel_tool_calls\":false")
                .contains("I am Ada.", "Hello.", PIXEL)
                .containsPattern("\"kept\":\\[1\\.0,2(e3|E\\+3)\\]");
        assertThat(visits.subList(0, visits.size() - 1))
                .allSatisfy(visit -> assertThat(visit.text()).doesNotContain("\"tools\""));
    }

    private static String trace(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-llmnet-trace").orElse("none");
    }

    @Test
    void whenTooManyChoicesAreWaitedForTheDefaultAnswersAndTheServerGoesOn() {
        List<CompletableFuture<HttpResponse<String>>> many = new ArrayList<>();
        for (int i = 0; i < MANY_CHOICES; i++) {
            many.add(caller.later("/v1/chat/completions", question("intent-hang", "hello"), "x-request-timeout", "3"));
        }
        HttpResponse<String> other = caller.chat(question("ok", "hello"));

        List<Integer> statuses =
                many.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(statuses).hasSize(MANY_CHOICES).containsOnly(200, 504);
        assertThat(statuses.stream().filter(status -> status == 200).count())
                .as("those whom no thread could wait for")
                .isGreaterThanOrEqualTo(MANY_CHOICES - 256);
    }

    /** A model server may answer whole though a stream was asked for. */
    @Test
    void anOldCompletionIsStreamedAlsoWhenTheServerAnswersWhole() {
        HttpResponse<String> stream = caller.post("/v1/completions", "{'model':'json','prompt':'hello','stream':true}");

        assertThat(stream.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(Caller.said(stream.body())).isNotEmpty();
        assertThat(Caller.events(stream.body())).last().isEqualTo("[DONE]");
    }
}
