package io.llmnet.protocol.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Conformant;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Status;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.sse.ChunkCollector;
import io.llmnet.protocol.sse.FirstContent;
import io.llmnet.protocol.sse.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 11 to 17 on what comes out. */
class GeminiAnswerTest {
    @Test
    void answersInOpenAisWords() {
        assertThat(text(GeminiChat.answer(Sample.bytes("google/answer.json"), "chatcmpl-1", 7)))
                .isEqualTo(
                        "{'id':'chatcmpl-1','object':'chat.completion','created':7,'model':'gemini-2.5-flash',"
                                + "'choices':[{'index':0,'message':{'role':'assistant','content':'Paris.','reasoning_content':'Easy.'},'finish_reason':'length'}],"
                                + "'usage':{'prompt_tokens':12,'completion_tokens':36,'total_tokens':48,'prompt_tokens_details':{'cached_tokens':4},'completion_tokens_details':{'reasoning_tokens':30}}}");
    }

    @Test
    void answersWithToolCalls() {
        JsonNode choice = Json.object(
                        GeminiChat.answer(Sample.bytes("google/tools.json"), "i", 7), Fault.INTERNAL, "it")
                .at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'id':'call_i_0_0','type':'function','function':{'name':'get_weather','arguments':'{\\'location\\':\\'Paris\\',\\'days\\':1.0}'},"
                                + "'extra_content':{'google':{'thought_signature':'CiQB'}}},"
                                + "{'id':'fc-7','type':'function','function':{'name':'get_time','arguments':'{}'}}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google/safety.json", "google/blocked.json"})
    void whatIsBlockedIsFiltered(String sample) {
        assertThat(text(GeminiChat.answer(Sample.bytes(sample), "i", 7)))
                .contains(
                        "'choices':[{'index':0,'message':{'role':'assistant','content':''},'finish_reason':'content_filter'}]");
    }

    @ParameterizedTest
    @CsvSource({
        "google/stream.sse, Café 你好 😀, stop, 8, 6, 3, 0",
        "google/stream-thinking.sse, 27, stop, 9, 11, 0, 9",
        "google/stream-tools.sse, Let me see., tool_calls, 50, 20, 0, 0",
        "google/stream-blocked.sse, '', content_filter, 7, 0, 0, 0",
        "google/stream-two.sse, a, stop, 5, 2, 0, 0"
    })
    void streamsInOpenAisWordsHoweverTheEventsAreCut(
            String sample, String content, String reason, long prompt, long completion, long cached, long reasoning) {
        Usage usage = new Usage(prompt, completion, cached, reasoning);
        byte[] source = Sample.bytes(sample);
        byte[] expected = Streams.through(GeminiChat.stream("i", 9, true), List.of(source));

        for (List<byte[]> chunks : Streams.cuts(source, 8)) {
            assertThat(Streams.through(GeminiChat.stream("i", 9, true), chunks)).isEqualTo(expected);
        }
        Conformant.stream(expected, true);
        ChunkCollector collector = new ChunkCollector();
        collector.feed(expected);
        assertThat(Completion.parse(collector.completion())).isEqualTo(new Completion(content, reason, usage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google/stream.sse", "google/stream-thinking.sse", "google/stream-tools.sse"})
    void knowsTheUsageThatTheCallerDidNotAskFor(String sample) {
        Translation translation = GeminiChat.stream("i", 9, false);

        byte[] stream = Streams.through(translation, List.of(Sample.bytes(sample)));

        Conformant.stream(stream, false);
        assertThat(translation.usage().promptTokens()).isPositive();
        assertThat(translation.usage().completionTokens()).isGreaterThan(5);
    }

    @Test
    void streamsThoughtsAndCalls() {
        String thoughts = text(
                Streams.through(GeminiChat.stream("i", 9, false), List.of(Sample.bytes("google/stream-thinking.sse"))));
        String calls = text(
                Streams.through(GeminiChat.stream("i", 9, false), List.of(Sample.bytes("google/stream-tools.sse"))));

        assertThat(thoughts).contains("'reasoning_content':'27 is 3 '", "'reasoning_content':'to the 3.'");
        assertThat(calls)
                .contains(
                        "'tool_calls':[{'index':0,'id':'call_i_0_0','type':'function'", "{'index':1,'id':'call_i_0_1'");
    }

    @Test
    void aStreamThatBeginsWithAnErrorIsThatError() {
        byte[] stream = GeminiChat.stream("i", 9, true).bytes(Sample.bytes("google/stream-error-first.sse"));
        FirstContent first = new FirstContent();

        assertThat(first.feed(stream)).isEqualTo(FirstContent.State.ERROR);
        assertThat(Status.of(first.error())).isEqualTo(503);
    }

    @Test
    void aStreamThatFailsLaterIsBrokenOff() {
        Translation translation = GeminiChat.stream("i", 9, true);

        ChatException e = catchThrowableOfType(
                ChatException.class,
                () -> Streams.through(translation, List.of(Sample.bytes("google/stream-error-late.sse"))));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_FAILED);
        assertThat(e.text()).contains("overloaded");
        assertThat(translation.usage()).isEqualTo(Usage.of(8, 1));
    }

    @Test
    void aStreamThatEndsWithoutAReasonIsBroken() {
        byte[] source = Sample.bytes("google/stream.sse");
        byte[] cut = Arrays.copyOf(source, new String(source, UTF_8).indexOf("😀"));

        ChatException e = catchThrowableOfType(
                ChatException.class, () -> Streams.through(GeminiChat.stream("i", 9, true), List.of(cut)));

        assertThat(e.fault()).isIn(Fault.STREAM_BROKEN, Fault.BACKEND_NONSENSE);
    }

    @Test
    void aCallThatCannotBeReadIsAFailure() {
        String json = "{\"candidates\":[{\"content\":{},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}";
        FirstContent first = new FirstContent();

        ChatException e =
                catchThrowableOfType(ChatException.class, () -> GeminiChat.answer(json.getBytes(UTF_8), "i", 1));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_FAILED);
        assertThat(first.feed(GeminiChat.stream("i", 9, true).bytes(("data: " + json + "\n\n").getBytes(UTF_8))))
                .isEqualTo(FirstContent.State.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "google/error-key.json, 400, 401, authentication_error, ",
        "google/error-quota.json, 429, 429, rate_limit_error, rate_limit_exceeded",
        "google/error-context.json, 400, 400, invalid_request_error, context_length_exceeded",
        "openai/error-key.json, 401, 401, , invalid_api_key"
    })
    void errorsAreOpenAis(String sample, int theirs, int ours, String type, String code) {
        Refusal refusal = GeminiChat.error(theirs, Sample.bytes(sample), "gemini");

        JsonNode error = Json.object(refusal.body(), Fault.INTERNAL, "it").path("error");
        assertThat(refusal.status()).isEqualTo(ours);
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(type == null || error.path("type").asText().equals(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"choices\":[]}"})
    void callsOtherAnswersNonsense(String answer) {
        ChatException e =
                catchThrowableOfType(ChatException.class, () -> GeminiChat.answer(answer.getBytes(UTF_8), "i", 1));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void failsInKnownWaysOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] stream = Sample.bytes("google/stream-tools.sse");

        for (int i = 0; i < 200; i++) {
            byte[] mangled = stream.clone();
            for (int j = 0; j < 3; j++) {
                mangled[random.nextInt(mangled.length)] = (byte) "{}[]\",:0a\n\u00ff".charAt(random.nextInt(11));
            }
            try {
                Streams.through(GeminiChat.stream("i", 9, true), List.of(mangled));
            } catch (ChatException e) {
                assertThat(e.fault()).isIn(Fault.BACKEND_NONSENSE, Fault.STREAM_BROKEN, Fault.BACKEND_FAILED);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }
}
