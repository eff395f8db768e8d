package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.llmnet.fault.ChatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonGrammarTest {
    @Test
    void neededPropertiesComeInTheirOrderAndOthersMayBeLeftOut() {
        String grammar =
                of("{'type':'object','required':['b'],'properties':{'a':{'type':'string'},'b':{'type':'integer'}}}");

        assertThat(grammar).startsWith("""
                root ::= "{" ws r4 ws "}"
                r0 ::= "\\"b\\"" ":" ws integer
                r1 ::= r0\s
                r2 ::= "," ws r0\s
                r3 ::= "\\"a\\"" ":" ws string
                r4 ::= r3 r2 | r1
                r5 ::= ("," ws r3)? r2
                """);
    }

    @Test
    void aSchemaMayHoldItself() {
        String grammar = of("{'type':'object','properties':{'next':{'$ref':'#/$defs/node'}},"
                + "'$defs':{'node':{'type':'array','items':{'$ref':'#/$defs/node'}}}}");

        assertThat(grammar)
                .contains("r0 ::= ref0\n")
                .contains("ref0 ::= \"[\" ws")
                .contains("r0 (\",\" ws r0){0,}");
    }

    @Test
    void constantsAreWrittenAsJson() {
        assertThat(of("{'enum':['a\\\"b', 1, null]}"))
                .startsWith("root ::= (\"\\\"a\\\\\\\"b\\\"\" | \"1\" | \"null\")\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$ref':'#'}|# leads back to itself without an end",
                "{'anyOf':[{'$ref':'#/$defs/a'}],'$defs':{'a':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/b'}]},'b':{'$ref':'#/$defs/a'}}}|leads back to itself",
                "{'$ref':'http://elsewhere'}|is outside",
                "{'$ref':'#/$defs/none'}|is not in the schema",
                "{'$ref':'#nonsense'}|is no path within the schema",
                "{'type':'strange'}|/type \"strange\" is no type of JSON",
                "{'type':7}|/type must be a string or a list of strings",
                "{'type':'array','maxItems':1000000000}|/maxItems is more than the 1000 that can be counted",
                "{'type':'array','minItems':5,'maxItems':2}|/maxItems is less than minItems",
                "{'type':'string','minLength':-1}|/minLength must be a whole number",
                "{'enum':[]}|/enum must be a list of values",
                "{'anyOf':{}}|/anyOf must be a list of schemas",
                "{'properties':{'a':false}}|/properties/a must be a schema",
                "{'type':'string','pattern':'a+'}|uses pattern, which cannot be enforced",
                "7|must be a schema",
            })
    void aSchemaWithoutAGrammarIsRefusedWithItsPlace(String schema, String why) {
        assertThatThrownBy(() -> of(schema))
                .isInstanceOf(ChatException.class)
                .hasMessageStartingWith("the.schema: ")
                .hasMessageContaining(why);
    }

    @Test
    void deepNestingIsRefused() {
        String schema = "{'type':'array','items':".repeat(100) + "{}" + "}".repeat(100);

        assertThatThrownBy(() -> of(schema)).hasMessageContaining("is nested too deeply");
    }

    private static String of(String schema) {
        try {
            return JsonGrammar.of(Fields.JSON.readTree(schema.replace('\'', '"')), "the.schema", true);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
