package io.llmnet.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Schemas and what they find. */
class SchemaTest {
    private static final String SCHEMA = "{\"type\": \"object\", \"required\": [\"a\", \"b\"], \"properties\": "
            + "{\"a\": {\"type\": \"number\", \"maximum\": 1}, \"b\": {\"type\": [\"string\", \"null\"]}}}";

    @Test
    void whatIsAsItShouldBeIsUnderstood() {
        assertThat(read("{\"a\": 0.5, \"b\": null}")).isEqualTo("{\"a\":0.5,\"b\":null}");
    }

    @Test
    void anObjectionSaysAllThatIsWrongAndWhatIsWanted() {
        assertThat(read("{\"a\": 2}"))
                .isEqualTo("$.a: must have a maximum value of 1; $: required property 'b' not found; "
                        + "answer with one JSON object and nothing else, with the keys a, b");
    }

    @Test
    void objectionsAreInEnglishEverywhere() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMAN);
        try {
            assertThat(read("{\"a\": 2, \"b\": \"\"}")).contains("must have a maximum value of 1");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsNoSchemaIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Schema.parse("{\"type\": \"objekt\"}")).hasMessageContaining("$.type");
        assertThatThrownBy(() -> Schema.parse("{")).hasMessage("the schema is not valid JSON");
        assertThatThrownBy(() -> Schema.parse("{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}"))
                .hasMessageContaining("write one of https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void nothingIsFetched() {
        assertThatThrownBy(() -> Schema.parse("{\"$ref\": \"http://127.0.0.1:9/schema\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1");
    }

    private static String read(String said) {
        return Schema.parse(SCHEMA).read(said).match(Json::text, objection -> objection);
    }
}
