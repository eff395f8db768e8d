package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Call.Dialect;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChatBodyTest {
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    @Test
    void findsWhatTheUserSaidLast() {
        ChatBody body = body("{'messages':[{'role':'user','content':'one'},{'role':'user','content':'two\\n'},"
                + "{'role':'assistant','content':'three'}]}");

        assertThat(body.lastUserText()).isEqualTo("two\n");
    }

    @Test
    void joinsTheTextsOfParts() {
        ChatBody body = body("{'messages':[{'role':'user','content':[{'type':'text','text':'one'},"
                + "{'type':'image_url','image_url':{'url':'data:,'}},{'type':'text','text':'two'}]}]}");

        assertThat(body.lastUserText()).isEqualTo("one\ntwo");
    }

    @Test
    void hasNoTextWithoutAUser() {
        assertThat(body("{'messages':[{'role':'system','content':'be'}]}").lastUserText())
                .isEmpty();
        assertThat(body("{'messages':[{'role':'user','content':null}]}").lastUserText())
                .isEmpty();
    }

    /** CONFORMANCE 2, 18. */
    @Test
    void passesOnWhatItDoesNotEdit() {
        String rest =
                "\"temperature\":1.0,\"top_p\":1e-2,\"seed\":12345678901234567890123,\"x_unknown\":{\"b\":0.10,\"a\":[ 1 ]},"
                        + TOOLS + ",\"stop\":\"\\u00e9\"";
        String message = "{\"role\":\"user\", \"content\":\"h\\u00e9\",\"name\":\"n\"}";

        byte[] asked = parse("{\"model\":\"old\"," + rest + ",\"messages\":[" + message + "]}")
                .forAnswering("new", null, null);

        assertThat(text(asked)).isEqualTo("{\"model\":\"new\"," + rest + ",\"messages\":[" + message + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'role':'system','content':'Mine.'};               {'role':'system','content':'Ours.\\n\\nMine.'}",
                "{'role':'developer','content':'Mine.'};            {'role':'developer','content':'Ours.\\n\\nMine.'}",
                "{'content':null,'role':'system'};                  {'content':'Ours.','role':'system'}",
                "{'role':'system'};                                 {'content':'Ours.','role':'system'}",
                "{'role':'system','content':[]};                    {'role':'system','content':[{'type':'text','text':'Ours.'}]}",
                "{'role':'system','content':[{'type':'text','text':'M'}]}; {'role':'system','content':[{'type':'text','text':'Ours.'},{'type':'text','text':'M'}]}",
                "{'role':'user','content':'Hi'};                    {'role':'system','content':'Ours.'},{'role':'user','content':'Hi'}"
            })
    void putsOurSystemTextFirst(String first, String expected) {
        byte[] asked = body("{'messages':[" + first + "]}").forAnswering("m", "Ours.", null);

        assertThat(text(asked)).isEqualTo(("{'model':'m','messages':[" + expected + "]}").replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'role':'user','content':'Old'};    {'role':'user','content':'New'}",
                "{'role':'user','content':null};     {'role':'user','content':'New'}",
                "{'role':'user'};                    {'content':'New','role':'user'}",
                "{'role':'user','content':[]};       {'role':'user','content':[{'type':'text','text':'New'}]}",
                "{'role':'user','content':[{'type':'image_url'}]}; {'role':'user','content':[{'type':'text','text':'New'},{'type':'image_url'}]}",
                "{'role':'user','content':[{'type':'image_url'},{'type':'text','text':'a','x':1.0},{'type':'text','text':'b'},{'type':'file'}]}; {'role':'user','content':[{'type':'image_url'},{'type':'text','text':'New','x':1.0},{'type':'file'}]}",
                "{'role':'assistant','content':'Hi'}; {'role':'assistant','content':'Hi'},{'role':'user','content':'New'}",
                "{'role':'user','content':'a'},{'role':'user','content':'b'},{'role':'tool','content':'c'}; {'role':'user','content':'a'},{'role':'user','content':'New'},{'role':'tool','content':'c'}"
            })
    void replacesWhatTheUserSaidLast(String messages, String expected) {
        byte[] asked = body("{'messages':[" + messages + "]}").forAnswering("m", null, "New");

        assertThat(text(asked)).isEqualTo(("{'model':'m','messages':[" + expected + "]}").replace('\'', '"'));
    }

    @Test
    void asksANodeInTheMiddleForPlainTextOnly() {
        byte[] asked = parse("{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":2,\"temperature\":1.0,"
                        + "\"tool_choice\":\"auto\",\"response_format\":{\"type\":\"json_object\"},\"messages\":[],"
                        + TOOLS
                        + "}")
                .forInner("m", "Be.", "Do.");

        assertThat(text(asked))
                .isEqualTo("{\"model\":\"m\",\"stream\":false,\"temperature\":1.0,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be.\"},{\"role\":\"user\",\"content\":\"Do.\"}]}");
    }

    @Test
    void keepsHalfASurrogatePair() {
        ChatBody body = body("{'messages':[{'role':'user','content':'\\ud83d'}]}");

        byte[] asked = body.forAnswering("m", null, body.lastUserText() + "\"");

        assertThat(text(asked)).contains("\"\\ud83d\\\"\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};                                                            messages",
                "{'messages':1};                                                messages",
                "{'messages':[1]};                                              messages[0]",
                "{'messages':[{}]};                                             messages[0].role",
                "{'messages':[{'role':1}]};                                     messages[0].role",
                "{'messages':[{'role':'a'},{'role':'user','content':1}]};       messages[1].content",
                "{'messages':[{'role':'user','content':['a']}]};                messages[0].content[0]",
                "{'messages':[{'role':'user','content':[{'type':'text'}]}]};    messages[0].content[0].text"
            })
    void namesThePlaceOfAMessageThatIsNone(String body, String param) {
        ChatException e = catchThrowableOfType(ChatException.class, () -> body(body));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void editsOfAnyRequestAreRequests(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 200; i++) {
            byte[] request = RandomJson.request(random).getBytes(UTF_8);

            byte[] asked = ChatBody.parse(request).forAnswering("m", "Ours.", "New");

            JsonNode tree = Json.object(asked, Fault.INTERNAL, "the edit");
            assertThat(Head.read(asked, Dialect.CHAT).model()).isEqualTo("m");
            assertThat(ChatBody.parse(asked).lastUserText()).isEqualTo("New");
            assertThat(tree.path("messages").path(0).path("content").toString()).contains("Ours.");
        }
    }

    private static ChatBody body(String json) {
        return parse(json.replace('\'', '"'));
    }

    private static ChatBody parse(String json) {
        return ChatBody.parse(json.getBytes(UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
