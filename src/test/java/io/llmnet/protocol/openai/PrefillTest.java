package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFORMANCE 46. */
class PrefillTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{ 'messages' : [ {'role':'user','content':'\\u00e9'} ] ,'n':1.0}; { 'messages' : [ {'role':'user','content':'\\u00e9'} ,{'role':'assistant','content':'He said \\'hi'}] ,'n':1.0}",
                "{'messages':[]};                               {'messages':[{'role':'assistant','content':'He said \\'hi'}]}",
                "{'messages':[{'role':'assistant','content':'Well. '}],'model':'m'}; {'messages':[{'role':'assistant','content':'Well. He said \\'hi'}],'model':'m'}",
                "{'messages':[{'role':'assistant','content':null}]}; {'messages':[{'role':'assistant','content':null},{'role':'assistant','content':'He said \\'hi'}]}"
            })
    void putsWhatWasSaidAtTheEndAndChangesNoOtherByte(String body, String expected) {
        assertThat(prefilled(body, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'messages':[],'model':'m'}; {'messages':[{'role':'assistant','content':'He said \\'hi'}],'add_generation_prompt':false,'continue_final_message':true,'model':'m'}",
                "{'add_generation_prompt':true,'messages':[]}; {'add_generation_prompt':false,'messages':[{'role':'assistant','content':'He said \\'hi'}],'continue_final_message':true}",
                "{'messages':[],'add_generation_prompt': null,'continue_final_message':false}; {'messages':[{'role':'assistant','content':'He said \\'hi'}],'add_generation_prompt': false,'continue_final_message':true}"
            })
    void tellsServersThatMustBeTold(String body, String expected) {
        assertThat(prefilled(body, true)).isEqualTo(expected);
    }

    @Test
    void refusesWhatIsNoChat() {
        assertThat(catchThrowableOfType(ChatException.class, () -> prefilled("{'messages':1}", false))
                        .fault())
                .isEqualTo(Fault.BAD_REQUEST);
    }

    private static String prefilled(String body, boolean isTold) {
        byte[] bytes = body.replace("\\'", "\\\"").replace('\'', '"').getBytes(UTF_8);
        return new String(Prefill.of(bytes, "He said \"hi", isTold), UTF_8).replace('"', '\'');
    }
}
