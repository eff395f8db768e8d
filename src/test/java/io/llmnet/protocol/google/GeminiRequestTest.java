package io.llmnet.protocol.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 18, on the way to Gemini. */
class GeminiRequestTest {
    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";
    private static final String SAID = "'contents':[{'role':'user','parts':[{'text':'hi'}]}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'temperature':1.0,'top_p':0.9,'top_k':4,'n':2,'seed':7; 'temperature':1.0,'topP':0.9,'topK':4,'candidateCount':2,'seed':7",
                "'max_tokens':5,'seed':12345678901;        'maxOutputTokens':5",
                "'max_tokens':5,'max_completion_tokens':6; 'maxOutputTokens':6",
                "'stop':'a';                               'stopSequences':['a']",
                "'stop':['a','b'],'temperature':null;      'stopSequences':['a','b']",
                "'response_format':{'type':'json_object'}; 'responseMimeType':'application/json'",
                "'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object','additionalProperties':false}}}; 'responseMimeType':'application/json','responseSchema':{'type':'OBJECT'}",
                "'reasoning_effort':'medium';              'thinkingConfig':{'thinkingBudget':8192,'includeThoughts':true}",
                "'reasoning_effort':'none';                'thinkingConfig':{'thinkingBudget':0}"
            })
    void saysOptionsInGeminisWords(String asked, String expected) {
        assertThat(request("{'model':'gemini-2.5-flash'," + HI + "," + asked + ",'logit_bias':{},'stream':true}"))
                .isEqualTo("{" + SAID + ",'generationConfig':{" + expected + "}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "gemini-3-pro-preview;  none; {'thinkingLevel':'low'}",
                "gemini-3-flash;        none; {'thinkingLevel':'minimal'}",
                "models/gemini-3-flash; high; {'thinkingLevel':'high','includeThoughts':true}",
                "gemini-2.5-pro;        none; {'thinkingBudget':128}"
            })
    void asksEachGenerationToThinkInItsOwnWay(String model, String effort, String expected) {
        assertThat(request("{'model':'" + model + "'," + HI + ",'reasoning_effort':'" + effort + "'}"))
                .contains("'thinkingConfig':" + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'auto';     ,'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}}",
                "'none';     ,'toolConfig':{'functionCallingConfig':{'mode':'NONE'}}",
                "'required'; ,'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}",
                "null;       ``",
                "{'type':'function','function':{'name':'f'}}; ,'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}}"
            })
    void saysToolsInGeminisWords(String choice, String expected) {
        String tools = "'tools':[{'type':'function','function':{'name':'f','description':'d','strict':true,"
                + "'parameters':{'type':'object','properties':{'a':{'type':'integer'}}}}},{'type':'function','function':{'name':'g','parameters':{'type':'object','properties':{}}}}]";

        assertThat(request("{'model':'m'," + HI + "," + tools + ",'tool_choice':" + choice + "}"))
                .isEqualTo("{" + SAID + ",'tools':[{'functionDeclarations':[{'name':'f','description':'d','parameters':"
                        + "{'type':'OBJECT','properties':{'a':{'type':'INTEGER'}}}},{'name':'g'}]}]" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'role':'system','content':'A.'},{'role':'user','content':'b'},{'role':'developer','content':[{'type':'text','text':'C.'}]} "
                        + "| 'systemInstruction':{'parts':[{'text':'A.'},{'text':'C.'}]},'contents':[{'role':'user','parts':[{'text':'b'}]}]",
                "{'role':'user','content':'a'},{'role':'user','content':[{'type':'text','text':'b'}]} | 'contents':[{'role':'user','parts':[{'text':'a'},{'text':'b'}]}]",
                "{'role':'system','content':'A.'} | 'contents':[{'role':'user','parts':[{'text':'A.'}]}]",
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAA='}},{'type':'image_url','image_url':{'url':'https://x/y.webp?a=b.c'}},{'type':'input_audio','input_audio':{'data':'BBB=','format':'mp3'}}]} "
                        + "| 'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'image/png','data':'AAA='}},{'fileData':{'mimeType':'image/webp','fileUri':'https://x/y.webp?a=b.c'}},{'inlineData':{'mimeType':'audio/mp3','data':'BBB='}}]}]",
                "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{\\'a\\':1.0}'},'extra_content':{'google':{'thought_signature':'S'}}},{'id':'c2','function':{'name':'g','arguments':''}}]},"
                        + "{'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'t'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AAA='}}]},{'role':'tool','tool_call_id':'c1','content':'{\\'ok\\':true}'},{'role':'user','content':'go'} "
                        + "| 'contents':[{'role':'user','parts':[{'text':'q'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{'a':1.0}},'thoughtSignature':'S'},{'functionCall':{'name':'g','args':{}}}]},"
                        + "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'ok':true}}},{'functionResponse':{'name':'g','response':{'result':'t'}}},{'inlineData':{'mimeType':'image/png','data':'AAA='}},{'text':'go'}]}]"
            })
    void saysMessagesInGeminisWords(String asked, String expected) {
        assertThat(request("{'model':'m','messages':[" + asked + "]}")).isEqualTo("{" + expected + "}");
    }

    @Test
    void signsTheFirstCallOfAnotherModelForThoseWhoInsist() {
        String call =
                "'messages':[{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'d','function':{'name':'g','arguments':'{}'}}]}]";

        assertThat(request("{'model':'gemini-3-pro'," + call + "}"))
                .contains(
                        "{'functionCall':{'name':'f','args':{}},'thoughtSignature':'skip_thought_signature_validator'},{'functionCall':{'name':'g','args':{}}}");
        assertThat(request("{'model':'gemini-2.5-pro'," + call + "}")).doesNotContain("thoughtSignature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'$schema':'s','type':'object','properties':{'a':{'type':'string','format':'email','minLength':1}},'required':['a'],'additionalProperties':false}; {'type':'OBJECT','required':['a'],'properties':{'a':{'type':'STRING','minLength':1}}}",
                "{'type':['integer','null'],'format':'int64','exclusiveMinimum':0};   {'type':'INTEGER','nullable':true,'format':'int64'}",
                "{'enum':['a','b']};                                                  {'type':'STRING','enum':['a','b']}",
                "{'const':'a'};                                                       {'type':'STRING','enum':['a']}",
                "{'type':'integer','enum':[1,2]};                                     {'type':'INTEGER'}",
                "{'anyOf':[{'type':'string'},{'type':'null'}],'description':'d'};     {'description':'d','nullable':true,'type':'STRING'}",
                "{'oneOf':[{'type':'string'},{'type':'number'}]};                     {'anyOf':[{'type':'STRING'},{'type':'NUMBER'}]}",
                "{'type':'array','items':{'$ref':'#/$defs/p'},'$defs':{'p':{'type':'boolean'}}}; {'type':'ARRAY','items':{'type':'BOOLEAN'}}",
                "{'allOf':[{'$ref':'#/$defs/p'}],'$defs':{'p':{'type':'boolean'}}};   {'type':'BOOLEAN'}"
            })
    void saysSchemasInTheSubsetThatGeminiTakes(String schema, String expected) {
        String written =
                Json.text(GeminiSchema.of(Json.tree(schema.replace('\'', '"').getBytes(UTF_8), Fault.INTERNAL, "it")));

        assertThat(written.replace('"', '\'')).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'$ref':'#'},'b':{'$ref':'#'},'c':{'$ref':'#/properties/c'}}}",
                "{'allOf':[{'$ref':'#'}]}",
                "{'type':'array','items':{'anyOf':[{'$ref':'#'},{'$ref':'#'}]}}"
            })
    void cutsASchemaThatContainsItself(String schema) {
        assertThat(Json.text(
                        GeminiSchema.of(Json.tree(schema.replace('\'', '"').getBytes(UTF_8), Fault.INTERNAL, "it"))))
                .hasSizeLessThan(500);
    }

    @Test
    void cutsASchemaThatMultiplies() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 40; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            schema.append("\"d")
                    .append(i)
                    .append("\":{\"type\":\"object\",\"properties\":{\"a\":")
                    .append(next)
                    .append(",\"b\":")
                    .append(next)
                    .append("}},");
        }
        schema.append("\"d40\":{\"type\":\"string\"}}}");

        assertThat(Json.text(GeminiSchema.of(Json.tree(schema.toString().getBytes(UTF_8), Fault.INTERNAL, "it"))))
                .hasSizeLessThan(200_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://x'}}]}; messages[0].content[0].image_url",
                "{'role':'user','content':[{'type':'video'}]}; messages[0].content[0]",
                "{'role':'judge','content':'a'}; messages[0].role",
                "{'role':'tool','tool_call_id':'c','content':'a'}; messages[0].tool_call_id",
                "{'role':'assistant','tool_calls':[{'function':{'arguments':'{oops'}}]}; messages[0].tool_calls[0].function.arguments"
            })
    void refusesWhatGeminiCannotTake(String message, String param) {
        ChatException e =
                catchThrowableOfType(ChatException.class, () -> request("{'model':'m','messages':[" + message + "]}"));

        assertThat(e.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(e.param()).isEqualTo(param);
    }

    private static String request(String json) {
        String body = json.replace("\\'", "\\\"").replace('\'', '"');
        return new String(GeminiChat.request(body.getBytes(UTF_8)), UTF_8).replace('"', '\'');
    }
}
