package io.llmnet.protocol.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFORMANCE 18, on the way to Anthropic. */
class AnthropicRequestTest {
    private static final String HI = "'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'temperature':0.5;           'max_tokens':32000,~,'temperature':0.5",
                "'temperature':1.7;           'max_tokens':32000,~,'temperature':1.0",
                "'top_p':0.9,'top_k':4;       'max_tokens':32000,~,'top_p':0.9,'top_k':4",
                "'temperature':1,'top_p':0.9; 'max_tokens':32000,~,'temperature':1",
                "'max_tokens':5;              'max_tokens':5,~",
                "'max_tokens':5,'max_completion_tokens':6; 'max_tokens':6,~",
                "'stop':'a';                  'max_tokens':32000,~,'stop_sequences':['a']",
                "'stop':['a','\\n','b'];      'max_tokens':32000,~,'stop_sequences':['a','b']",
                "'user':'u','stream':true;    'max_tokens':32000,~,'metadata':{'user_id':'u'},'stream':true",
                "'seed':1,'logit_bias':{},'n':1,'stream':false; 'max_tokens':32000,~",
                "'reasoning_effort':'low';    'max_tokens':32000,~,'thinking':{'type':'enabled','budget_tokens':1024}",
                "'reasoning_effort':'high','max_tokens':4000,'temperature':0; 'max_tokens':4000,~,'thinking':{'type':'enabled','budget_tokens':2000}",
                "'reasoning_effort':'high','max_tokens':900; 'max_tokens':900,~",
                "'reasoning_effort':'none';   'max_tokens':32000,~"
            })
    void saysOptionsInAnthropicsWords(String asked, String expected) {
        assertThat(request("{'model':'claude-sonnet-4-5'," + HI + "," + asked + "}"))
                .isEqualTo("{'model':'claude-sonnet-4-5'," + expected.replace("~", HI) + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "claude-3-haiku-20240307;   4096",
                "claude-3-5-sonnet-latest;  8192",
                "claude-opus-4-20250514;    32000",
                "claude-opus-4-7;           32000",
                "glm-4.6;                   8192"
            })
    void givesRoomForAnAnswerAsTheModelHasIt(String model, int tokens) {
        assertThat(request("{'model':'" + model + "'," + HI + "}")).contains("'max_tokens':" + tokens + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "claude-opus-4-6;          high;    'thinking':{'type':'adaptive','display':'summarized'},'output_config':{'effort':'high'}",
                "claude-opus-4-6;          xhigh;   'effort':'high'",
                "claude-opus-4-7-20260416; xhigh;   'effort':'xhigh'",
                "claude-sonnet-5;          minimal; 'effort':'low'",
                "claude-opus-5;            none;    'thinking':{'type':'disabled'}",
                "claude-sonnet-4-20250514; low;     'budget_tokens':1024",
                "claude-haiku-4-5;         low;     'budget_tokens':1024"
            })
    void asksEachGenerationToThinkInItsOwnWay(String model, String effort, String expected) {
        assertThat(request("{'model':'" + model + "'," + HI + ",'reasoning_effort':'" + effort + "'}"))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"claude-opus-4-6, false", "claude-sonnet-5, false", "claude-sonnet-4-5-20250929, true", "glm-4.6, true"
    })
    void knowsWhichModelsGoOnWithAnAnswer(String model, boolean expected) {
        assertThat(AnthropicChat.takesPrefill(model)).isEqualTo(expected);
    }

    @Test
    void sparesTheNewestTheirTemperature() {
        assertThat(request("{'model':'claude-opus-4-7'," + HI + ",'temperature':0.2,'top_p':0.9,'top_k':3}"))
                .isEqualTo("{'model':'claude-opus-4-7','max_tokens':32000," + HI + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'auto';     ,'tool_choice':{'type':'auto'}",
                "'none';     ,'tool_choice':{'type':'none'}",
                "'required'; ,'tool_choice':{'type':'any'}",
                "null;       ``",
                "{'type':'function','function':{'name':'f'}}; ,'tool_choice':{'type':'tool','name':'f'}",
                "'required','parallel_tool_calls':false; ,'tool_choice':{'type':'any','disable_parallel_tool_use':true}",
                "null,'parallel_tool_calls':false; ,'tool_choice':{'type':'auto','disable_parallel_tool_use':true}",
                "'required','reasoning_effort':'low'; ,'tool_choice':{'type':'any'}"
            })
    void saysToolsInAnthropicsWords(String choice, String expected) {
        String tools = "'tools':[{'type':'function','function':{'name':'f','description':'d','strict':true,"
                + "'parameters':{'type':'object','properties':{'a':{}}}}},{'type':'function','function':{'name':'g'}}]";

        assertThat(request("{'model':'m'," + HI + "," + tools + ",'tool_choice':" + choice + "}"))
                .isEqualTo("{'model':'m','max_tokens':8192,'tools':[{'name':'f','description':'d','input_schema':"
                        + "{'type':'object','properties':{'a':{}}}},{'name':'g','input_schema':{'type':'object','properties':{}}}]"
                        + expected + "," + HI + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'system','content':'A.'},{'role':'user','content':'b'},{'role':'developer','content':[{'type':'text','text':'C.','cache_control':{'type':'ephemeral'}}]} "
                        + "| 'system':[{'type':'text','text':'A.'},{'type':'text','text':'C.','cache_control':{'type':'ephemeral'}}],'messages':[{'role':'user','content':[{'type':'text','text':'b'}]}]",
                "{'role':'user','content':'a'},{'role':'user','content':[{'type':'text','text':'b'},{'type':'text','text':' '}]} | 'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]",
                "{'role':'assistant','content':'a '} | 'messages':[{'role':'user','content':'.'},{'role':'assistant','content':[{'type':'text','text':'a'}]}]",
                "{'role':'system','content':'A.'} | 'messages':[{'role':'user','content':[{'type':'text','text':'A.'}]}]",
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/jpg;base64,AAA='}},{'type':'image_url','image_url':{'url':'https://x/y.png'}}]} "
                        + "| 'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'AAA='}},{'type':'image','source':{'type':'url','url':'https://x/y.png'}}]}]",
                "{'role':'user','content':[{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AAA='}}]} "
                        + "| 'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAA='}}]}]",
                "{'role':'user','content':'q'},{'role':'assistant','content':null,'reasoning_content':'r','tool_calls':[{'id':'c:1','type':'function','function':{'name':'f','arguments':'{\\'a\\':1.0}'}},{'id':'c2','function':{'name':'g','arguments':''}}]},{'role':'tool','tool_call_id':'c:1','content':'ok'},{'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'t'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AAA='}}]},{'role':'user','content':'go'} "
                        + "| 'messages':[{'role':'user','content':[{'type':'text','text':'q'}]},{'role':'assistant','content':[{'type':'tool_use','id':'c_1','name':'f','input':{'a':1.0}},{'type':'tool_use','id':'c2','name':'g','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c_1','content':[{'type':'text','text':'ok'}]},{'type':'tool_result','tool_use_id':'c2','content':[{'type':'text','text':'t'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAA='}}]},{'type':'text','text':'go'}]}]"
            })
    void saysMessagesInAnthropicsWords(String asked, String expected) {
        assertThat(request("{'model':'m','messages':[" + asked + "]}"))
                .isEqualTo("{'model':'m','max_tokens':8192," + expected + "}");
    }

    @Test
    void doesNotThinkWhereItsThoughtsOfACallAreGone() {
        String loop =
                "{'role':'user','content':'q'},{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c','content':'ok'}";

        assertThat(request("{'model':'claude-sonnet-4-5','messages':[" + loop + "],'reasoning_effort':'high'}"))
                .doesNotContain("thinking");
        assertThat(request("{'model':'claude-opus-4-6','messages':[" + loop + "],'reasoning_effort':'high'}"))
                .contains("adaptive");
    }

    @Test
    void holdsAnOldModelToASchemaByATool() {
        assertThat(
                        request(
                                "{'model':'m'," + HI
                                        + ",'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}}}"))
                .isEqualTo(
                        "{'model':'m','max_tokens':8192,'tools':[{'name':'llmnet_json_answer','description':'Gives the answer.',"
                                + "'input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':'llmnet_json_answer'},"
                                + HI + "}");
    }

    @Test
    void holdsANewModelToASchemaDirectly() {
        assertThat(
                        request(
                                "{'model':'claude-opus-4-6'," + HI
                                        + ",'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object','properties':{'a':{'type':'object'}}}}}}"))
                .contains(
                        "'output_config':{'format':{'type':'json_schema','schema':{'type':'object',"
                                + "'properties':{'a':{'type':'object','additionalProperties':false}},'additionalProperties':false}}}");
    }

    @Test
    void asksForJsonInWordsWhereNothingElseHelps() {
        assertThat(request("{'model':'m'," + HI + ",'response_format':{'type':'json_object'}}"))
                .contains("'system':[{'type':'text','text':'Answer with one JSON value");
        assertThat(request("{'model':'m'," + HI + ",'tools':[{'function':{'name':'f'}}],"
                        + "'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object'}}}}"))
                .contains("It must fit this JSON Schema: {\\'type\\':\\'object\\'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'n':2,'messages':[]; n",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://x'}}]}]; messages[0].content[0].image_url",
                "'messages':[{'role':'user','content':[{'type':'input_audio'}]}]; messages[0].content[0]",
                "'messages':[{'role':'judge','content':'a'}]; messages[0].role",
                "'messages':[{'role':'assistant','tool_calls':[{'function':{'arguments':'{oops'}}]}]; messages[0].tool_calls[0].function.arguments"
            })
    void refusesWhatAnthropicCannotTake(String body, String param) {
        ChatException e = catchThrowableOfType(ChatException.class, () -> request("{'model':'m'," + body + "}"));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    private static String request(String json) {
        String body = json.replace("\\'", "\\\"").replace('\'', '"');
        return new String(AnthropicChat.request(body.getBytes(UTF_8)), UTF_8).replace('"', '\'');
    }
}
