package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 4, 5, 6, 22. */
class ErrorBodyTest {
    @Test
    void hasOpenAisShape() {
        byte[] body = ErrorBody.of(new ChatException(Fault.MODEL_NOT_FOUND, "no model \"x\""));

        assertThat(text(body))
                .isEqualTo("{\"error\":{\"message\":\"no model \\\"x\\\"\",\"type\":\"invalid_request_error\","
                        + "\"param\":null,\"code\":\"model_not_found\"}}");
    }

    @Test
    void namesTheParameter() {
        byte[] body = ErrorBody.of(ChatException.in("stream", Fault.BAD_REQUEST, "no"));

        assertThat(error(body).path("param").asText()).isEqualTo("stream");
    }

    @Test
    void isAnEventInAStream() {
        ChatException e = new ChatException(Fault.STREAM_BROKEN, "two\nlines");

        assertThat(text(ErrorBody.event(e))).isEqualTo("data: " + text(ErrorBody.of(e)) + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/error-key.json", "vllm/error-model.json", "llamacpp/error-loading.json"})
    void leavesOpenAisErrorsAsTheyAre(String sample) {
        byte[] theirs = Sample.bytes(sample);

        assertThat(ErrorBody.wrap(400, theirs, "box")).isSameAs(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai/error-context.json",
                "vllm/error-context.json",
                "vllm/error-context-old.json",
                "llamacpp/error-context.json",
                "ollama/error-context.json"
            })
    void knowsAPromptThatIsTooLong(String sample) {
        byte[] body = ErrorBody.wrap(400, Sample.bytes(sample), "box");

        assertThat(error(body).path("code").asText()).isEqualTo("context_length_exceeded");
        assertThat(error(body).path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "404; {'error':'model x not found'};              model x not found;    invalid_request_error; model_not_found",
                "404; 404 page not found;                             box answered 404: 404 page not found; invalid_request_error; not_found",
                "422; {'detail':'no'};                                no;                     invalid_request_error; null",
                "422; {'detail':[{'loc':['body'],'msg':'required'}]}; required;               invalid_request_error; null",
                "500; {'message':'no'};                               no;                     server_error;          backend_failed",
                "400; {'object':'error','message':'no','code':400};   no;                     invalid_request_error; null",
                "429; 'slow down';                                    box answered 429: slow down; rate_limit_error; rate_limit_exceeded",
                "401; {'error':'no key'};                             no key;                 authentication_error;  null",
                "403; {};                                             box answered 403: {};   permission_error;      null",
                "502; ``;                                             box answered 502 without saying why; server_error; backend_failed"
            })
    void findsTheWordsOfOtherServers(int status, String theirs, String message, String type, String code) {
        JsonNode error = error(ErrorBody.wrap(status, theirs.replace('\'', '"').getBytes(UTF_8), "box"));

        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("param").isNull()).isTrue();
    }

    @Test
    void doesNotShowAPageOfHtml() {
        byte[] page = "\n<!DOCTYPE html><html><h1>502</h1>".getBytes(UTF_8);

        assertThat(error(ErrorBody.wrap(502, page, "box")).path("message").asText())
                .startsWith("box answered 502 with a page of HTML");
    }

    @Test
    void cutsLongTextAndStripsControls() {
        byte[] text = ("a\u0000\u001b[31m" + "\ud83d\ude00".repeat(500)).getBytes(UTF_8);

        String message = error(ErrorBody.wrap(500, text, "box")).path("message").asText();

        assertThat(message).startsWith("box answered 500: a [31m\ud83d\ude00").endsWith("\ud83d\ude00…");
        assertThat(message.codePointCount(0, message.length())).isLessThan(330);
    }

    private static JsonNode error(byte[] body) {
        return Json.object(body, Fault.INTERNAL, "it").path("error");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
