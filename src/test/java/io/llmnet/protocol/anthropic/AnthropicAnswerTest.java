package io.llmnet.protocol.anthropic;

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
class AnthropicAnswerTest {
    @Test
    void answersInOpenAisWords() {
        assertThat(text(AnthropicChat.answer(Sample.bytes("anthropic/message.json"), "chatcmpl-1", 7)))
                .isEqualTo(
                        "{'id':'chatcmpl-1','object':'chat.completion','created':7,'model':'claude-sonnet-4-5-20250929',"
                                + "'choices':[{'index':0,'message':{'role':'assistant','content':'Paris.','reasoning_content':'Easy.'},'finish_reason':'length'}],"
                                + "'usage':{'prompt_tokens':32,'completion_tokens':6,'total_tokens':38,'prompt_tokens_details':{'cached_tokens':20}}}");
    }

    @Test
    void answersWithToolCalls() {
        JsonNode choice = Json.object(
                        AnthropicChat.answer(Sample.bytes("anthropic/tools.json"), "i", 7), Fault.INTERNAL, "it")
                .at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'id':'toolu_01A09q90qw90lq917835lq9','type':'function','function':{'name':'get_weather','arguments':'{\\'location\\':\\'San Francisco, CA\\',\\'days\\':1.0}'}},"
                                + "{'id':'toolu_02','type':'function','function':{'name':'get_time','arguments':'{}'}}]");
    }

    @Test
    void answersThatAreArgumentsOfTheFormatAreTexts() {
        String message =
                "{'content':[{'type':'tool_use','id':'t','name':'llmnet_json_answer','input':{'a':1}}],'stop_reason':'tool_use'}";

        Completion said =
                Completion.parse(AnthropicChat.answer(message.replace('\'', '"').getBytes(UTF_8), "i", 7));

        assertThat(said).isEqualTo(new Completion("{\"a\":1}", "stop", Usage.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "stop_sequence, stop",
        "pause_turn, stop",
        "refusal, content_filter"
    })
    void saysWhyItEnded(String theirs, String ours) {
        String message = "{\"content\":[],\"stop_reason\":\"" + theirs + "\"}";

        assertThat(text(AnthropicChat.answer(message.getBytes(UTF_8), "i", 7)))
                .contains("'content':''", "'finish_reason':'" + ours + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic/stream.sse, Café 你好 😀, stop, 135, 15, 100",
        "anthropic/stream-thinking.sse, 27, stop, 30, 40, 0",
        "anthropic/stream-tools.sse, 'Okay, let''s check.', tool_calls, 472, 89, 0",
        "anthropic/stream-json.sse, '{\"a\": 1}', stop, 9, 7, 0"
    })
    void streamsInOpenAisWordsHoweverTheEventsAreCut(
            String sample, String content, String reason, long prompt, long completion, long cached) {
        Usage usage = new Usage(prompt, completion, cached, 0);
        byte[] source = Sample.bytes(sample);
        byte[] expected = Streams.through(AnthropicChat.stream("i", 9, true), List.of(source));

        for (List<byte[]> chunks : Streams.cuts(source, 8)) {
            assertThat(Streams.through(AnthropicChat.stream("i", 9, true), chunks))
                    .isEqualTo(expected);
        }
        Conformant.stream(expected, true);
        ChunkCollector collector = new ChunkCollector();
        collector.feed(expected);
        assertThat(Completion.parse(collector.completion())).isEqualTo(new Completion(content, reason, usage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic/stream.sse", "anthropic/stream-thinking.sse", "anthropic/stream-tools.sse"})
    void knowsTheUsageThatTheCallerDidNotAskFor(String sample) {
        Translation translation = AnthropicChat.stream("i", 9, false);

        byte[] stream = Streams.through(translation, List.of(Sample.bytes(sample)));

        Conformant.stream(stream, false);
        assertThat(translation.usage().promptTokens()).isPositive();
        assertThat(translation.usage().completionTokens()).isGreaterThan(10);
    }

    @Test
    void streamsThoughtsAndCallsPieceByPiece() {
        String thoughts = text(Streams.through(
                AnthropicChat.stream("i", 9, false), List.of(Sample.bytes("anthropic/stream-thinking.sse"))));
        String calls = text(Streams.through(
                AnthropicChat.stream("i", 9, false), List.of(Sample.bytes("anthropic/stream-tools.sse"))));

        assertThat(thoughts).contains("'reasoning_content':'27 is 3 '", "'reasoning_content':'to the 3.'");
        assertThat(calls)
                .contains(
                        "{'index':0,'id':'toolu_01T1x1fJ34qAmk2tNTrN7Up6','type':'function','function':{'name':'get_weather','arguments':''}}")
                .contains("{'index':0,'function':{'arguments':' \\'Zürich\\''}}")
                .contains("{'index':1,'function':{'arguments':'{}'}}");
    }

    @Test
    void aStreamThatBeginsWithAnErrorIsThatError() {
        byte[] stream = Streams.through(
                AnthropicChat.stream("i", 9, true), List.of(Sample.bytes("anthropic/stream-error-first.sse")));
        FirstContent first = new FirstContent();

        assertThat(first.feed(stream)).isEqualTo(FirstContent.State.ERROR);
        assertThat(Status.of(first.error())).isEqualTo(529);
        assertThat(text(first.error()))
                .isEqualTo(
                        "{'error':{'message':'Overloaded','type':'server_error','param':null,'code':'backend_failed','status':529}}");
    }

    @Test
    void aStreamThatFailsLaterIsBrokenOff() {
        Translation translation = AnthropicChat.stream("i", 9, true);

        ChatException e = catchThrowableOfType(
                ChatException.class,
                () -> Streams.through(translation, List.of(Sample.bytes("anthropic/stream-error-late.sse"))));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_FAILED);
        assertThat(e.text()).contains("Overloaded");
        assertThat(translation.usage()).isEqualTo(Usage.of(9, 1));
    }

    @Test
    void aStreamThatEndsBeforeItsStopIsBroken() {
        byte[] source = Sample.bytes("anthropic/stream.sse");
        byte[] cut = Arrays.copyOf(
                source, source.length - "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".length());

        ChatException e = catchThrowableOfType(
                ChatException.class, () -> Streams.through(AnthropicChat.stream("i", 9, true), List.of(cut)));

        assertThat(e.fault()).isEqualTo(Fault.STREAM_BROKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic/error-overloaded.json, 529, 529, server_error, backend_failed",
        "anthropic/error-context.json, 400, 400, invalid_request_error, context_length_exceeded",
        "anthropic/error-credit.json, 400, 429, rate_limit_error, rate_limit_exceeded",
        "anthropic/error-key.json, 401, 401, authentication_error, ",
        "openai/error-key.json, 401, 401, , invalid_api_key"
    })
    void errorsAreOpenAis(String sample, int theirs, int ours, String type, String code) {
        Refusal refusal = AnthropicChat.error(theirs, Sample.bytes(sample), "claude");

        JsonNode error = Json.object(refusal.body(), Fault.INTERNAL, "it").path("error");
        assertThat(refusal.status()).isEqualTo(ours);
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(type == null || error.path("type").asText().equals(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"content\":\"a\"}"})
    void callsOtherAnswersNonsense(String answer) {
        ChatException e =
                catchThrowableOfType(ChatException.class, () -> AnthropicChat.answer(answer.getBytes(UTF_8), "i", 1));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void failsInKnownWaysOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] stream = Sample.bytes("anthropic/stream-tools.sse");

        for (int i = 0; i < 200; i++) {
            byte[] mangled = stream.clone();
            for (int j = 0; j < 3; j++) {
                mangled[random.nextInt(mangled.length)] = (byte) "{}[]\",:0a\n\u00ff".charAt(random.nextInt(11));
            }
            try {
                Streams.through(AnthropicChat.stream("i", 9, true), List.of(mangled));
            } catch (ChatException e) {
                assertThat(e.fault()).isIn(Fault.BACKEND_NONSENSE, Fault.STREAM_BROKEN, Fault.BACKEND_FAILED);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }
}
