package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmnet.chat.Call.Dialect;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void findsModelStreamAndUsage() {
        String body =
                "{\"model\":\"qwen3\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}";

        Head head = chat(body);

        assertThat(head.model()).isEqualTo("qwen3");
        assertThat(head.stream()).isTrue();
        assertThat(head.includeUsage()).isTrue();
        assertThat(body.substring(head.modelStart(), head.modelEnd())).isEqualTo("\"qwen3\"");
    }

    @Test
    void looksAtTheTopLevelOnly() {
        Head head = chat("{\"metadata\":{\"model\":\"no\",\"stream\":true}," + MESSAGES + "}");

        assertThat(head.model()).isNull();
        assertThat(head.modelStart()).isEqualTo(-1);
        assertThat(head.stream()).isFalse();
    }

    @Test
    void understandsEscapesInKeysAndModel() {
        Head head = chat("{\"mod\\u0065l\":\"a\\/b\\n\\u00e9\"," + MESSAGES + "}");

        assertThat(head.model()).isEqualTo("a/b\n\u00e9");
    }

    /** CONFORMANCE 2. */
    @Test
    void changesTheModelAndNoOtherByte() {
        String body = "{ \"temperature\":1.0, \"model\" : \"a\\u0062\" ,\"x\":\"\\u00e9\"," + MESSAGES + " }\n";

        byte[] changed = chat(body).withModel(body.getBytes(UTF_8), "say \"b\"");

        assertThat(text(changed)).isEqualTo(body.replace("\"a\\u0062\"", "\"say \\\"b\\\"\""));
    }

    @Test
    void putsTheModelInWhereThereIsNone() {
        String body = " {" + MESSAGES + "}";
        String nothing = "{ }";
        String isNull = "{\"model\":null}";

        assertThat(text(chat(body).withModel(body.getBytes(UTF_8), "m")))
                .isEqualTo(" {\"model\":\"m\"," + MESSAGES + "}");
        assertThat(text(prompt(nothing).withModel(nothing.getBytes(UTF_8), "m")))
                .isEqualTo("{\"model\":\"m\" }");
        assertThat(text(prompt(isNull).withModel(isNull.getBytes(UTF_8), "m"))).isEqualTo("{\"model\":\"m\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'model':1,'messages':[{}]};                                  model",
                "{'model':'','messages':[{}]};                                 model",
                "{'model':'a','model':'b','messages':[{}]};                    model",
                "{'stream':'yes','messages':[{}]};                             stream",
                "{'stream_options':[],'messages':[{}]};                        stream_options",
                "{'stream_options':{'include_usage':1},'messages':[{}]};       stream_options.include_usage",
                "{};                                                           messages",
                "{'messages':[]};                                              messages",
                "{'messages':null};                                            messages",
                "{'messages':{}};                                              messages",
                "{'messages':[{},'hi']};                                       messages[1]"
            })
    void namesTheParameterOfAWrongType(String body, String param) {
        ChatException e = refused(body, Dialect.CHAT);

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    @Test
    void takesPromptsThatAreTextOrArrays() {
        assertThat(prompt("{\"prompt\":\"a\"}").stream()).isFalse();
        assertThat(prompt("{\"prompt\":[\"a\",\"b\"]}").stream()).isFalse();
        assertThat(refused("{'prompt':1}", Dialect.COMPLETIONS).param()).isEqualTo("prompt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'a':1,};             line 1, column 8: expected a key in double quotes, found '}'",
                "{'a':01};             line 1, column 7: expected ',' or '}', found '1'",
                "{'é':tru};            line 1, column 9: expected 'true', found '}'",
                "{'a':'b;              line 1, column 6: a string is not closed",
                "{'a':1}x;             line 1, column 8: expected the end, found 'x'",
                "``;                   line 1, column 1: expected a value, found the end",
                "{'model':1,'a':-};    line 1, column 17: expected a digit, found '}'"
            })
    void saysWhereTheSyntaxBreaks(String body, String message) {
        ChatException e = refused(body, Dialect.CHAT);

        assertThat(e.fault()).isEqualTo(Fault.MALFORMED_JSON);
        assertThat(e.text()).endsWith(message);
    }

    @Test
    void countsLines() {
        assertThat(refused("{\n 'a':\n  ?}", Dialect.CHAT).text()).contains("line 3, column 3");
    }

    @Test
    void refusesWhatNestsTooDeep() {
        String deep = "{\"a\":" + "[".repeat(255) + "]".repeat(255) + "}";
        String deeper = "{\"a\":" + "[".repeat(256) + "]".repeat(256) + "}";

        assertThat(prompt(deep).model()).isNull();
        assertThat(refused(deeper, Dialect.COMPLETIONS).text()).contains("nested deeper than 256");
        assertThat(refused("[".repeat(1_000_000), Dialect.COMPLETIONS).fault()).isEqualTo(Fault.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"a\"", "null"})
    void wantsAnObject(String body) {
        assertThat(refused(body, Dialect.CHAT).fault()).isEqualTo(Fault.BAD_REQUEST);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    /** 20 seeds of 500 documents: what Jackson reads we read, what it refuses we refuse. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithJacksonOnWhatIsJson(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 500; i++) {
            byte[] document = RandomJson.mutated(random);

            assertThat(isJsonToUs(document)).as(text(document)).isEqualTo(isJsonToJackson(document));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void refusesNoiseInOneWayOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);

            assertThat(isJsonToUs(noise)).isEqualTo(isJsonToJackson(noise));
        }
    }

    private static final ObjectMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(256).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static boolean isJsonToUs(byte[] document) {
        try {
            Head.read(document, Dialect.CHAT);
            return true;
        } catch (ChatException e) {
            return e.fault() != Fault.MALFORMED_JSON;
        }
    }

    private static boolean isJsonToJackson(byte[] document) {
        try {
            // as text: of bytes Jackson would guess UTF-16, and it lets through what is no UTF-8
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            return !JACKSON.readTree(text).isMissingNode();
        } catch (IOException e) { // also of bytes that are no UTF-8
            return false;
        }
    }

    private static Head chat(String body) {
        return Head.read(body.getBytes(UTF_8), Dialect.CHAT);
    }

    private static Head prompt(String body) {
        return Head.read(body.getBytes(UTF_8), Dialect.COMPLETIONS);
    }

    private static ChatException refused(String body, Dialect dialect) {
        byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
        return catchThrowableOfType(ChatException.class, () -> Head.read(bytes, dialect));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
