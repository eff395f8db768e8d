package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.sse.Streams;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFORMANCE 20. */
class LegacyCompletionsTest {
    @Test
    void makesOneChatOfEachPrompt() {
        byte[] body = bytes("{'model':'m','prompt':['a\\n',\n 'b'],'temperature':1.0,'echo':true,'x':[1]}");

        List<byte[]> chats = LegacyCompletions.toChat(body);

        assertThat(chats)
                .extracting(LegacyCompletionsTest::text)
                .containsExactly(
                        "{'model':'m','temperature':1.0,'x':[1],'messages':[{'role':'user','content':'a\\n'}]}",
                        "{'model':'m','temperature':1.0,'x':[1],'messages':[{'role':'user','content':'b'}]}");
        assertThat(LegacyCompletions.echoes(body)).containsExactly("a\n", "b");
    }

    @Test
    void asksForLogprobsInTheWordsOfAChat() {
        byte[] chat =
                LegacyCompletions.toChat(bytes("{'prompt':'a','logprobs':3}")).get(0);

        assertThat(text(chat)).startsWith("{'logprobs':true,'top_logprobs':3,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};                               prompt",
                "{'prompt':null};                  prompt",
                "{'prompt':[]};                    prompt",
                "{'prompt':[1,2]};                 prompt",
                "{'prompt':[[1]]};                 prompt",
                "{'prompt':1};                     prompt",
                "{'prompt':'a','suffix':'b'};      suffix",
                "{'prompt':'a','best_of':3};       best_of"
            })
    void refusesWhatAChatCannotDo(String body, String param) {
        ChatException e = catchThrowableOfType(ChatException.class, () -> LegacyCompletions.toChat(bytes(body)));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    @Test
    void putsTheAnswersTogether() {
        byte[] body = bytes("{'prompt':['a','b'],'echo':true}");
        List<byte[]> answers = List.of(Sample.bytes("openai/chat.json"), Sample.bytes("vllm/chat.json"));

        byte[] answer = LegacyCompletions.fromChat(answers, body);

        assertThat(text(answer))
                .isEqualTo("{'id':'cmpl-BvKz1aFq0pQ5Yt8LJXw2nT6uE9RsM','object':'text_completion','created':1753000001,"
                        + "'model':'gpt-4o-mini-2024-07-18','system_fingerprint':'fp_34a54ae93c','choices':["
                        + "{'index':0,'text':'aParis.','logprobs':null,'finish_reason':'stop'},"
                        + "{'index':1,'text':'bParis.','logprobs':null,'finish_reason':'stop'}],"
                        + "'usage':{'prompt_tokens':43,'completion_tokens':45,'total_tokens':88,"
                        + "'prompt_tokens_details':{'cached_tokens':16}}}");
    }

    @Test
    void givesLogprobsInOlderWords() {
        byte[] chat = bytes(
                "{'choices':[{'message':{'content':'ab'},'logprobs':{'content':[{'token':'a','logprob':-0.10,"
                        + "'top_logprobs':[{'token':'a','logprob':-0.10},{'token':'x','logprob':-3}]},{'token':'b','logprob':-1}]}}]}");

        byte[] answer = LegacyCompletions.fromChat(List.of(chat), bytes("{'prompt':'p'}"));

        assertThat(text(answer))
                .contains("'logprobs':{'tokens':['a','b'],'token_logprobs':[-0.10,-1],"
                        + "'top_logprobs':[{'a':-0.10,'x':-3},{}],'text_offset':[0,1]}");
    }

    @Test
    void streamsInOlderWordsHoweverTheStreamIsCut() {
        String event = "data: {'id':'cmpl-BvL0a','object':'text_completion','created':1753000011,"
                + "'model':'gpt-4o-mini-2024-07-18','system_fingerprint':'fp_34a54ae93c','choices':[%s],'usage':%s}\n\n";
        String choice = "{'index':2,'text':'%s','logprobs':null,'finish_reason':%s}";
        String expected = String.format(event, String.format(choice, "P:", "null"), "null")
                + String.format(event, String.format(choice, "Caf\u00e9 ", "null"), "null")
                + String.format(event, String.format(choice, "\u4f60\u597d \ud83d\ude00", "null"), "null")
                + String.format(event, String.format(choice, "", "'stop'"), "null")
                + String.format(
                        event,
                        "",
                        "{'prompt_tokens':24,'completion_tokens':5,'total_tokens':29,"
                                + "'prompt_tokens_details':{'cached_tokens':0,'audio_tokens':0},"
                                + "'completion_tokens_details':{'reasoning_tokens':0}}")
                + "data: [DONE]\n\n";

        for (List<byte[]> chunks : Streams.cuts(Sample.bytes("openai/stream.sse"), 7)) {
            byte[] streamed = Streams.through(LegacyCompletions.streamFromChat(2, "P:"), chunks);

            assertThat(text(streamed)).isEqualTo(expected);
        }
    }

    @Test
    void letsCommentsAndErrorsPass() {
        byte[] stream = bytes(": ping\n\ndata: {'error':{'message':'no'}}\n\n");

        assertThat(Streams.through(LegacyCompletions.streamFromChat(0, ""), List.of(stream)))
                .isEqualTo(stream);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }
}
