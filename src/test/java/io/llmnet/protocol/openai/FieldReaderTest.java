package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldReaderTest {
    private static final ChatBody BODY = ChatBody.parse("""
            {"messages": [ {"role": "user", "content": "Why\\n?"}, {"role": "user", "content": [] } ],
             "temperature": 1.50, "stream": false, "seed": null, "empty": "",
             "metadata": { "team-a": "blue", "tags": ["x", [10, 20.0]], "team-a": "gr\\u00fcn", "7": "seven" } }
            """.getBytes(UTF_8));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '`', textBlock = """
                    temperature         | 1.50
                    stream              | false
                    seed                | none
                    empty               | ``
                    absent              | none
                    metadata.team-a     | grün
                    metadata.7          | seven
                    metadata.tags       | ["x", [10, 20.0]]
                    metadata.tags.0     | x
                    metadata.tags.1.1   | 20.0
                    metadata.tags.2     | none
                    metadata.tags.-1    | none
                    metadata.tags.00    | none
                    metadata.tags.0.x   | none
                    metadata.tags.x     | none
                    temperature.0       | none
                    messages.0.content  | `Why\n?`
                    messages.1.content  | []
                    metadata.           | none
                    .metadata           | none
                    """)
    void findsWhatStandsAtAPath(String path, String value) {
        assertThat(BODY.field(path)).isEqualTo(value);
    }
}
