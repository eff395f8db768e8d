package io.llmnet.protocol.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.sse.ChunkCollector;
import io.llmnet.protocol.sse.Streams;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 43, 44, and 11 to 17 on what comes out. */
class OllamaChatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'temperature':1.0,'top_p':0.9,'seed':7,'num_ctx':8192; 'options':{'temperature':1.0,'top_p':0.9,'seed':7,'num_ctx':8192}",
                "'max_tokens':5;                           'options':{'num_predict':5}",
                "'max_tokens':5,'max_completion_tokens':6; 'options':{'num_predict':6}",
                "'stop':'a';                               'options':{'stop':['a']}",
                "'stop':['a','b'],'temperature':null;      'options':{'stop':['a','b']}",
                "'options':{'mirostat':1},'top_k':4;       'options':{'mirostat':1,'top_k':4}",
                "'response_format':{'type':'json_object'}; 'format':'json'",
                "'response_format':{'type':'text'},'keep_alive':'1h'; 'keep_alive':'1h'",
                "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}}; 'format':{'type':'object'}",
                "'reasoning_effort':'low';                 'think':'low'",
                "'reasoning_effort':'none';                'think':false",
                "'think':true,'reasoning_effort':'low';    'think':true",
                "'tools':[{'function':{'name':'f'}}];      'tools':[{'function':{'name':'f'}}]",
                "'tools':[{'function':{'name':'f'}},{'function':{'name':'g'}}],'tool_choice':{'type':'function','function':{'name':'g'}}; 'tools':[{'function':{'name':'g'}}]"
            })
    void saysOptionsInOllamasWords(String asked, String expected) {
        String request = request("{'model':'m','messages':[]," + asked + "}");

        assertThat(request).isEqualTo("{'model':'m','messages':[],'stream':false," + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'seed':1;                     'options':{'seed':1,'num_ctx':16384}",
                "'x':1;                        'options':{'num_ctx':16384}",
                "'num_ctx':4096;               'options':{'num_ctx':4096}",
                "'options':{'num_ctx':4096};   'options':{'num_ctx':4096}"
            })
    void givesRoomForThePromptUnlessTheCallerDoes(String asked, String expected) {
        byte[] body =
                ("{'model':'m','messages':[]," + asked + "}").replace('\'', '"').getBytes(UTF_8);

        assertThat(text(OllamaChat.request(body, 16384)))
                .isEqualTo("{'model':'m','messages':[],'stream':false," + expected + "}");
    }

    @Test
    void leavesToolsOutWhenNoneMayBeCalled() {
        assertThat(request("{'model':'m','messages':[],'stream':true,'tools':[{}],'tool_choice':'none'}"))
                .isEqualTo("{'model':'m','messages':[],'stream':true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'developer','content':'Be.'} | {'role':'system','content':'Be.'}",
                "{'role':'user','content':null} | {'role':'user','content':''}",
                "{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AAA='}},{'type':'text','text':'b'}]} | {'role':'user','images':['AAA='],'content':'a\\nb'}",
                "{'role':'assistant','content':'a','reasoning_content':'r'} | {'role':'assistant','content':'a','thinking':'r'}"
            })
    void saysMessagesInOllamasWords(String asked, String expected) {
        assertThat(request("{'model':'m','messages':[" + asked + "]}"))
                .isEqualTo("{'model':'m','messages':[" + expected + "],'stream':false}");
    }

    @Test
    void turnsArgumentsIntoObjectsAndNamesTheResults() {
        String request = request("{'model':'m','messages':[{'role':'assistant','content':null,'tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{\\'a\\':1.0}'}},"
                + "{'id':'c2','type':'function','function':{'name':'g','arguments':''}}]},"
                + "{'role':'tool','tool_call_id':'c2','content':'ok'}]}");

        assertThat(request)
                .contains("'tool_calls':[{'id':'c1','function':{'name':'f','arguments':{'a':1.0}}},"
                        + "{'id':'c2','function':{'name':'g','arguments':{}}}]")
                .contains("{'role':'tool','content':'ok','tool_name':'g','tool_call_id':'c2'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x/y.png'}}]}; messages[0].content[0].image_url",
                "{'role':'user','content':[{'type':'input_audio'}]}; messages[0].content[0]",
                "{'role':'assistant','tool_calls':[{'function':{'arguments':'{oops'}}]}; messages[0].tool_calls[0].function.arguments"
            })
    void refusesWhatOllamaCannotTake(String message, String param) {
        ChatException e =
                catchThrowableOfType(ChatException.class, () -> request("{'model':'m','messages':[" + message + "]}"));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    @Test
    void answersInOpenAisWords() {
        byte[] answer = OllamaChat.answer(Sample.bytes("ollama/chat.json"), "chatcmpl-1", 1753000000);

        assertThat(text(answer))
                .isEqualTo("{'id':'chatcmpl-1','object':'chat.completion','created':1753000000,'model':'llama3.2',"
                        + "'choices':[{'index':0,'message':{'content':'Paris.','role':'assistant'},'finish_reason':'length'}],"
                        + "'usage':{'prompt_tokens':26,'completion_tokens':298,'total_tokens':324}}");
    }

    @Test
    void answersWithToolCalls() {
        JsonNode choice = Json.object(
                        OllamaChat.answer(Sample.bytes("ollama/tools.json"), "1", 2), Fault.INTERNAL, "it")
                .at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'id':'call_1_0','type':'function','function':{'name':'get_weather','arguments':'{\\'city\\':\\'Paris\\'}'}},"
                                + "{'id':'call_1_1','type':'function','function':{'name':'get_time','arguments':'{}'}}]");
    }

    @Test
    void streamsInOpenAisWordsHoweverTheLinesAreCut() {
        String event = "data: {'id':'i','object':'chat.completion.chunk','created':9,'model':'qwen3:8b',"
                + "'choices':[%s],'usage':%s}\n\n";
        String choice = "{'index':0,'delta':{%s},'finish_reason':%s}";
        String expected = String.format(
                        event,
                        String.format(choice, "'role':'assistant','content':'','reasoning_content':'Easy'", "null"),
                        "null")
                + String.format(event, String.format(choice, "'reasoning_content':'.'", "null"), "null")
                + String.format(event, String.format(choice, "'content':'Caf\u00e9 '", "null"), "null")
                + String.format(event, String.format(choice, "'content':'\u4f60\u597d \ud83d\ude00'", "null"), "null")
                + String.format(event, String.format(choice, "", "'stop'"), "null")
                + String.format(event, "", "{'prompt_tokens':14,'completion_tokens':7,'total_tokens':21}")
                + "data: [DONE]\n\n";

        for (List<byte[]> chunks : Streams.cuts(Sample.bytes("ollama/stream.ndjson"), 8)) {
            assertThat(text(Streams.through(OllamaChat.stream("i", 9, true), chunks)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void sendsNoUsageThatWasNotAskedFor() {
        byte[] stream =
                Streams.through(OllamaChat.stream("i", 9, false), List.of(Sample.bytes("ollama/stream.ndjson")));

        assertThat(text(stream)).doesNotContain("usage").endsWith("'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void streamsToolCallsWithIndices() {
        byte[] stream =
                Streams.through(OllamaChat.stream("i", 9, true), List.of(Sample.bytes("ollama/stream-tools.ndjson")));
        ChunkCollector collector = new ChunkCollector();
        collector.feed(stream);

        byte[] whole = collector.completion();

        assertThat(Completion.parse(whole)).isEqualTo(new Completion("", "tool_calls", Usage.of(169, 15)));
        assertThat(text(stream)).contains("'index':0,'id':'call_i_0'").contains("'index':1,'id':'call_x7'");
        assertThat(text(whole)).contains("{\\'city\\':\\'Paris\\',\\'days\\':1.0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'message':{'content':'a'}}~{'error':'CUDA out of memory'}~;  BACKEND_FAILED",
                "{'error':'no'};                                               BACKEND_FAILED",
                "{'message':{'content':'a'}}~;                                 STREAM_BROKEN",
                "{'message':{'content':'a'}}~{'mess;                           BACKEND_NONSENSE",
                "{}~;                                                          BACKEND_NONSENSE",
                "~;                                                            STREAM_BROKEN"
            })
    void saysHowAStreamFailed(String lines, Fault fault) {
        byte[] stream = lines.replace('\'', '"').replace('~', '\n').getBytes(UTF_8);

        ChatException e = catchThrowableOfType(
                ChatException.class, () -> Streams.through(OllamaChat.stream("i", 9, true), List.of(stream)));

        assertThat(e.fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"models\":[]}"})
    void callsOtherAnswersNonsense(String answer) {
        ChatException e =
                catchThrowableOfType(ChatException.class, () -> OllamaChat.answer(answer.getBytes(UTF_8), "i", 1));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void failsInKnownWaysOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] stream = Sample.bytes("ollama/stream-tools.ndjson");

        for (int i = 0; i < 200; i++) {
            byte[] mangled = stream.clone();
            for (int j = 0; j < 3; j++) {
                mangled[random.nextInt(mangled.length)] = (byte) "{}[]\",:0a\n\u00ff".charAt(random.nextInt(11));
            }

            assertThat(isKnown(() -> Streams.through(OllamaChat.stream("i", 9, true), List.of(mangled))))
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void refusesRequestsInKnownWaysOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String request =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
                        + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"arguments\":\"{}\"}}]}],\"stop\":[\"a\"],"
                        + "\"tools\":[{\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"function\":{\"name\":\"f\"}},\"options\":{}}";

        for (int i = 0; i < 500; i++) {
            String mangled = request;
            for (int j = 0; j < 2; j++) {
                String[] values = {"1", "null", "{}", "[]", "\"x\"", "true"};
                String[] places = {"\"m\"", "\"user\"", "\"a\"", "\"c\"", "[\"a\"]", "{}", "\"{}\"", "\"text\"", "\"f\""
                };
                mangled = mangled.replace(places[random.nextInt(places.length)], values[random.nextInt(values.length)]);
            }
            byte[] body = mangled.getBytes(UTF_8);

            assertThat(isKnown(() -> OllamaChat.request(body))).as(mangled).isTrue();
        }
    }

    /** Whether it works, or fails with a fault; anything else it throws on. */
    private static boolean isKnown(Runnable step) {
        try {
            step.run();
            return true;
        } catch (ChatException e) {
            return true;
        }
    }

    private static String request(String json) {
        String body = json.replace("\\'", "\\\"").replace('\'', '"');
        return text(OllamaChat.request(body.getBytes(UTF_8)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }
}
