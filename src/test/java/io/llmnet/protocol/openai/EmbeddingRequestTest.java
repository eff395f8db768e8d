package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFORMANCE 19, on the way in. */
class EmbeddingRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'a';                   1; {'model':'v','user':'u\\u0041','x':1.0,'input':['a']}",
                "['a', 'b'];            2; {'model':'v','user':'u\\u0041','x':1.0,'input':['a','b']}",
                "[1,2,3];               1; {'model':'v','user':'u\\u0041','x':1.0,'input':[[1,2,3]]}",
                "[[1,2], [3] ,[4]];     3; {'model':'v','user':'u\\u0041','x':1.0,'input':[[1,2],[3],[4]]}"
            })
    void takesEveryFormOfInput(String input, int size, String part) {
        EmbeddingRequest request =
                read("{'model':'m','user':'u\\u0041','input': " + input + ",'encoding_format':'float','x':1.0}");

        assertThat(request.size()).isEqualTo(size);
        assertThat(text(request.part("v", 0, size))).isEqualTo(part);
    }

    @Test
    void splitsIntoPartsThatAskForFloats() {
        EmbeddingRequest request =
                read("{'input':['a','b','c','d','e'],'model':'m','dimensions':256,'encoding_format':'base64'}");

        assertThat(request.isBase64()).isTrue();
        assertThat(request.parts("v", 2).stream().map(EmbeddingRequestTest::text))
                .containsExactly(
                        "{'model':'v','dimensions':256,'input':['a','b']}",
                        "{'model':'v','dimensions':256,'input':['c','d']}",
                        "{'model':'v','dimensions':256,'input':['e']}");
    }

    @Test
    void keepsEveryByteOfTheWholeButTheModel() {
        assertThat(text(read("{ 'input' : 'a', 'model':'m','encoding_format':'base64' }")
                        .whole("v")))
                .isEqualTo("{ 'input' : 'a', 'model':'v','encoding_format':'base64' }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};                                  input;           \"input\" is missing; give a text, or an array of texts",
                "{'input':null};                      input;           ``",
                "{'input':''};                        input;           Input must not be empty",
                "{'input':[]};                        input;           Input must not be empty",
                "{'input':['a','']};                  input[1];        Input must not be empty",
                "{'input':[[1],[]]};                  input[1];        Input must not be empty",
                "{'input':1};                         input;           ``",
                "{'input':{}};                        input;           ``",
                "{'input':['a',1]};                   input[1];        ``",
                "{'input':[true]};                    input[0];        ``",
                "{'input':[1,'a']};                   input[1];        a token must be a whole number",
                "{'input':[[1,2.5]]};                 input[0][1];     a token must be a whole number",
                "{'input':'a','encoding_format':'x'}; encoding_format; ``",
                "{'input':'a','encoding_format':1};   encoding_format; ``",
                "{'input':'a','dimensions':0};        dimensions;      ``",
                "{'input':'a','dimensions':'8'};      dimensions;      ``"
            })
    void namesTheParameterThatIsWrong(String body, String param, String message) {
        ChatException e = catchThrowableOfType(ChatException.class, () -> read(body));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
        assertThat(message == null ? "" : e.text()).startsWith(message == null ? "" : message.split(";", 2)[0]);
    }

    @Test
    void refusesMoreThanOpenAiTakes() {
        String texts = String.join(",", Collections.nCopies(2049, "'a'"));

        assertThat(read("{'input':[" + texts.substring(4) + "]}").size()).isEqualTo(2048);
        assertThat(catchThrowableOfType(ChatException.class, () -> read("{'input':[" + texts + "]}"))
                        .text())
                .isEqualTo("Batch size 2049 exceeds maximum of 2048");
    }

    @Test
    void joinsPartsInTheOrderOfTheInputs() {
        byte[] joined = EmbeddingAnswer.join(
                read("{'input':['a','b','c']}"),
                List.of(
                        json(
                                "{'data':[{'index':1,'embedding':[1,2e-1]},{'embedding':[-0.50, 3],'index':0}],'model':'v','usage':{'prompt_tokens':3,'total_tokens':3}}"),
                        json(
                                "{'data':[{'index':0,'embedding':'AACAPwAAAMA='}],'model':'w','usage':{'prompt_tokens':4}}")),
                List.of(2, 1));

        assertThat(text(joined))
                .isEqualTo("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[-0.50, 3]},"
                        + "{'object':'embedding','index':1,'embedding':[1,2e-1]},{'object':'embedding','index':2,'embedding':[1.0,-2.0]}],"
                        + "'model':'v','usage':{'prompt_tokens':7,'total_tokens':7}}");
    }

    @Test
    void givesBase64ToWhoAskedForIt() {
        byte[] joined = EmbeddingAnswer.join(
                read("{'input':'a','encoding_format':'base64'}"),
                List.of(json("{'data':[{'index':0,'embedding':[1,-2]}],'model':'v'}")),
                List.of(1));

        assertThat(text(joined)).contains("'embedding':'AACAPwAAAMA='");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "float;  { 'x':1,'data':[ {'index':0,'embedding':[1.50]} ]}; true",
                "base64; {'data':[{'index':0,'embedding':'AACAPw=='}]};      true",
                "float;  {'data':[{'index':0,'embedding':'AACAPw=='}]};      false",
                "base64; {'data':[{'index':0,'embedding':[1.0]}]};           false"
            })
    void passesOnWhatFitsByteForByte(String format, String answer, boolean isSame) {
        byte[] body = json(answer);

        byte[] joined = EmbeddingAnswer.join(
                read("{'input':'a','encoding_format':'" + format + "'}"), List.of(body), List.of(1));

        assertThat(Arrays.equals(joined, body)).isEqualTo(isSame);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[]",
                "{'data':{}}",
                "{'data':[{'index':0,'embedding':[1]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[1]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':7,'embedding':[1]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':1}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':'AAAA'}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':1,'embedding':'?'}]}"
            })
    void refusesAnAnswerThatLacksAVector(String answer) {
        ChatException e = catchThrowableOfType(
                ChatException.class,
                () -> EmbeddingAnswer.join(read("{'input':['a','b']}"), List.of(json(answer)), List.of(2)));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    private static EmbeddingRequest read(String body) {
        return EmbeddingRequest.parse(json(body));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }
}
