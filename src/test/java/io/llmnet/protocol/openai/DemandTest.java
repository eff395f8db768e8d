package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Call.Dialect;
import io.llmnet.chat.Demand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTest {
    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'x':1;                                          0; false; false",
                "'max_tokens':5;                                 5; false; false",
                "'max_completion_tokens':6,'max_tokens':5;       6; false; false",
                "'max_tok\\u0065ns':7;                           7; false; false",
                "'max_tokens':null;                              0; false; false",
                "'max_tokens':-1;                                0; false; false",
                "'max_tokens':1e3;                               0; false; false",
                "'max_tokens':99999999999999999999;              2147483647; false; false",
                "'tools':[];                                     0; false; false",
                "'tools':[ ];                                    0; false; false",
                "'tools':null;                                   0; false; false",
                "'tools':[{}];                                   0; true;  false",
                "'functions':[{}];                               0; true;  false",
                "'response_format':{'type':'text'};              0; false; false",
                "'response_format':'json_object';                0; false; false",
                "'response_format':{'type':'json_object'};       0; false; true",
                "'response_format':{'json_schema':{'type':'text'},'type':'json_sch\\u0065ma'}; 0; false; true"
            })
    void findsWhatIsAskedOfTheModel(String member, int maxTokens, boolean tools, boolean json) {
        Demand demand = chat("{" + HI + "," + member + "}");

        assertThat(demand.maxTokens()).isEqualTo(maxTokens);
        assertThat(demand.tools()).isEqualTo(tools);
        assertThat(demand.json()).isEqualTo(json);
        assertThat(demand.vision()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'x'}}]}]}",
                "{'messages':[{'content':[{'image_url':{'url':'x'},'typ\\u0065':'image\\u005furl'}],'role':'user'},{'role':'user','content':'b'}]}",
                "{'messages':[{'role':'tool','content':[{'type':'input_image'}]}]}"
            })
    void seesImages(String body) {
        assertThat(chat(body).vision()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'role':'user','content':'image_url'}]}",
                "{'messages':[{'role':'user','content':[{'type':'text','text':'image_url'}]}]}",
                "{'messages':[{'role':'user','x':[{'type':'image_url'}]}],'y':{'type':'image_url'}}",
                "{'messages':[{'role':'user','content':['image_url',1,null]}]}"
            })
    void seesNoImagesWhereThereAreNone(String body) {
        assertThat(chat(body).vision()).isFalse();
    }

    @Test
    void countsTextsAndCallsAndToolsButNoImages() {
        String text = "a".repeat(4000);
        String image = "data:image/png;base64," + "A".repeat(4_000_000);

        Demand demand = chat("{'messages':[{'role':'system','content':'" + text
                + "'},{'role':'user','content':[{'type':'text','text':'"
                + text + "'},{'type':'image_url','image_url':{'url':'" + image + "'}}]},"
                + "{'role':'assistant','content':null,'tool_calls':[{'function':{'arguments':'" + text + "'}}]}],"
                + "'tools':[{'function':{'description':'" + text + "'}}]}");

        assertThat(demand.promptTokens()).isBetween(4000, 4050);
        assertThat(demand.vision()).isTrue();
        assertThat(demand.tools()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "COMPLETIONS; 'prompt':'aaaaaaaa';                 2",
                "COMPLETIONS; 'prompt':['aaaaaaaa','aaaa'];        2",
                "COMPLETIONS; 'prompt':[1,2,3];                    3",
                "EMBEDDINGS;  'input':[[1,2,3],[1]];               3",
                "EMBEDDINGS;  'input':['a','aaaaaaaaa'];           3",
                "EMBEDDINGS;  'input':{};                          0",
                "CHAT;        'messages':[{}],'input':'aaaaaaaa';  0"
            })
    void countsTheLongestOfSeveral(Dialect dialect, String member, int tokens) {
        byte[] body = ("{" + member + "}").replace('\'', '"').getBytes(UTF_8);

        assertThat(Head.read(body, dialect).demand().promptTokens()).isEqualTo(tokens);
        assertThat(Head.read(body, dialect).demand().conversation()).isZero();
    }

    @Test
    void aConversationStaysTheSameAsItGrows() {
        String first =
                "{'role':'system','content':'Be.'},{'role':'developer','content':'x'},{'role':'user','content':'hi'}";
        String more =
                ",{'role':'assistant','content':'Hello'},{'role':'system','content':'Now.'},{'role':'user','content':'go'}";

        long conversation = chat("{'messages':[" + first + "]}").conversation();

        assertThat(conversation).isNotZero();
        assertThat(chat("{'stream':true,'messages':[ " + first + more + "],'max_tokens':7}")
                        .conversation())
                .isEqualTo(conversation);
        assertThat(chat("{'messages':[" + first.replace("Be.", "Do.") + "]}").conversation())
                .isNotEqualTo(conversation);
        assertThat(chat("{'messages':[" + first.replace("'hi'", "'ho'") + "]}").conversation())
                .isNotEqualTo(conversation);
    }

    @Test
    void aConversationIsItsUsers() {
        long nobodys = chat("{" + HI + "}").conversation();
        long anns = chat("{" + HI + ",'user':'ann'}").conversation();

        assertThat(anns).isNotEqualTo(nobodys).isNotZero();
        assertThat(chat("{'user':'ann'," + HI + "}").conversation()).isEqualTo(anns);
        assertThat(chat("{'user':null," + HI + "}").conversation()).isEqualTo(nobodys);
    }

    @Test
    void aConversationBeginsWithWhatHasNoEnd() {
        String text = "a".repeat(100_000);

        long conversation =
                chat("{'messages':[{'role':'user','content':'" + text + "'}]}").conversation();

        assertThat(conversation).isNotZero();
        assertThat(chat("{'messages':[{'role':'user','content':'" + text + "b'}]}")
                        .conversation())
                .isNotEqualTo(conversation);
    }

    private static Demand chat(String body) {
        return Head.read(body.replace('\'', '"').getBytes(UTF_8), Dialect.CHAT).demand();
    }
}
