package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.node.Engine.Turn;
import io.llmnet.node.Order.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersTest {
    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void aChatIsReadWithAllItsWishes() {
        Order order = read(
                Kind.CHAT,
                "{" + HI + ",'stream':true,'stream_options':{'include_usage':true},"
                        + "'stop':'x','seed':-5000000000,'temperature':0,'max_completion_tokens':7,'max_tokens':9,"
                        + "'logit_bias':{'12':-100},'unknown':{'any':1},'tools':[{}],'tool_choice':'auto'}");

        assertThat(order.turns()).containsExactly(new Turn("user", "hi"));
        assertThat(order.stream()).isTrue();
        assertThat(order.includeUsage()).isTrue();
        assertThat(order.stops()).containsExactly("x");
        assertThat(order.sampling().maxTokens()).isEqualTo(7);
        assertThat(order.sampling().temperature()).isZero();
        assertThat(order.sampling().seed()).isNotNegative();
        assertThat(order.sampling().bias()).containsEntry(12, -100f);
    }

    @Test
    void partsOfTextAreJoinedAndDevelopersAreTheSystem() {
        Order order = read(
                Kind.CHAT,
                "{'messages':[{'role':'developer','content':[{'type':'text','text':'a'},"
                        + "{'type':'text','text':'b'}]},{'role':'assistant','content':null,'tool_calls':[{'id':1}]}]}");

        assertThat(order.turns()).containsExactly(new Turn("system", "ab"), new Turn("assistant", "[{\"id\":1}]"));
    }

    @Test
    void nullsCountAsAbsent() {
        Order order = read(Kind.COMPLETION, "{'prompt':['a','b'],'max_tokens':null,'stop':null,'suffix':null}");

        assertThat(order.prompts()).containsExactly("a", "b");
        assertThat(order.sampling().maxTokens()).isEqualTo(100);
    }

    @Test
    void halvesOfCharactersAreReplaced() {
        Order order = read(Kind.COMPLETION, "{'prompt':'a\\ud83d'}");

        assertThat(order.prompts()).containsExactly("a?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CHAT|{}|messages",
                "CHAT|{'messages':[]}|messages",
                "CHAT|{'messages':['hi']}|messages[0]",
                "CHAT|{'messages':[{'role':'bot','content':'hi'}]}|messages[0].role",
                "CHAT|{'messages':[{'role':'user','content':5}]}|messages[0].content",
                "CHAT|{'messages':[{'role':'user','content':[{'type':'image_url'}]}]}|messages[0].content[0].type",
                "CHAT|{HI,'temperature':3}|temperature",
                "CHAT|{HI,'temperature':'1'}|temperature",
                "CHAT|{HI,'top_p':-1}|top_p",
                "CHAT|{HI,'top_k':1.5}|top_k",
                "CHAT|{HI,'max_tokens':0}|max_tokens",
                "CHAT|{HI,'max_tokens':1e400}|max_tokens",
                "CHAT|{HI,'n':2}|n",
                "CHAT|{HI,'seed':1.5}|seed",
                "CHAT|{HI,'stop':[1]}|stop",
                "CHAT|{HI,'stop':''}|stop",
                "CHAT|{HI,'stream':'yes'}|stream",
                "CHAT|{HI,'stream_options':7}|stream_options",
                "CHAT|{HI,'logprobs':true}|logprobs",
                "CHAT|{HI,'logit_bias':{'a':1}}|logit_bias.a",
                "CHAT|{HI,'tool_choice':'required'}|tool_choice",
                "CHAT|{HI,'tool_choice':{'type':'function'}}|tool_choice",
                "CHAT|{HI,'response_format':{'type':'xml'}}|response_format.type",
                "CHAT|{HI,'response_format':{'type':'json_schema'}}|response_format.json_schema",
                "CHAT|{HI,'response_format':{'type':'json_schema','json_schema':{}}}|response_format.json_schema.schema",
                "COMPLETION|{}|prompt",
                "COMPLETION|{'prompt':''}|prompt",
                "COMPLETION|{'prompt':[1,2]}|prompt",
                "COMPLETION|{'prompt':'a','suffix':'b'}|suffix",
                "COMPLETION|{'prompt':'a','best_of':2}|best_of",
                "COMPLETION|{'prompt':'a','logprobs':1}|logprobs",
                "GENERATE|{'prompt':['a']}|prompt",
                "GENERATE|{'prompt':'a','repeat_penalty':0}|repeat_penalty",
            })
    void whatCannotBeObeyedIsRefusedByName(Kind kind, String body, String param) {
        assertThatThrownBy(() -> read(kind, body.replace("HI", HI)))
                .isInstanceOfSatisfying(ChatException.class, why -> {
                    assertThat(why.param()).isEqualTo(param);
                    assertThat(why.fault()).isEqualTo(Fault.BAD_REQUEST);
                });
    }

    @Test
    void whatIsNoJsonIsSaidWithItsPlace() {
        assertThatThrownBy(() -> read(Kind.CHAT, "{'a':}"))
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.MALFORMED_JSON))
                .hasMessage("the body is not JSON: see line 1, column 6");
    }

    private static Order read(Kind kind, String body) {
        return Orders.read(kind, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
