package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, String> VALUES = Map.of(
            "PREV_NODE", "poet",
            "INPUT_LENGTH", "5",
            "INPUT", "hello",
            "Team", "blue",
            "TeamName", "The Blues",
            "HEADER.x-team", "red",
            "BODY.metadata.tags.0", "urgent",
            "BODY.n", "[1, {\"a\": \"b/c\"}]",
            "CURRENT_INPUT", "say \"$HOP_COUNT\"\n\\");
    private static final Set<String> CUSTOM = Set.of("INPUT", "Team", "TeamName");
    private static final Map<String, String> LITERALS =
            Map.of("secrets.a.KEY", "s3$PREV_NODE\"", "HOME", "/home/me", "secrets.my-vault.K-1", "k1");

    private static Template compiled(String text) {
        return Templates.compile(text, CUSTOM, LITERALS::get);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    You refine what $PREV_NODE wrote.  | You refine what poet wrote.
                    ${PREV_NODE}s, ${INPUT_LENGTH}     | poets, 5
                    $PREV_NODE$INPUT_LENGTH            | poet5
                    $PREV_NODE-$INPUT_LENGTH           | poet-5
                    before $ROUTE_DECISION after       | before  after
                    $INPUT, $INPUT_LENGTH, $INPUTS     | hello, 5, helloS
                    ${INPUT}_LENGTH                    | hello_LENGTH
                    $Team $TeamName $TeamNames $Teams  | blue The Blues The Bluess blues
                    $HEADER.x-team. $HEADER.X-Team-    | red. red-
                    $HEADER.x-team-$PREV_NODE          | red-poet
                    ${HEADER.X-TEAM}-a, ${HEADER.x-b}  | red-a,
                    It is $BODY.metadata.tags.0.       | It is urgent.
                    ${BODY.metadata.tags.0}.1          | urgent.1
                    $$5 and $$PREV_NODE for $PREV_NODE | $5 and $PREV_NODE for poet
                    $$$PREV_NODE                       | $poet
                    once: $CURRENT_INPUT               | `once: say "$HOP_COUNT"\n\\`
                    """)
    void putsVariablesIn(String text, String filled) {
        Template template = compiled(text);

        assertThat(template.isPlain()).isFalse();
        assertThat(template.fill(VALUES::get).strip()).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource({
        "You are kind.",
        "It costs $5.",
        "$USER and ${USER} and ${}",
        "$",
        "${PREV_NODE",
        "$prev_node",
        "$HEADER. $BODY. $HEADER $BODY.-",
        "$NODE"
    })
    void leavesTheRestAlone(String text) {
        Template template = compiled(text);

        assertThat(template.isPlain()).isTrue();
        assertThat(template.fill(VALUES::get)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Bearer $secrets.a.KEY       | Bearer s3$PREV_NODE"
                    Bearer ${secrets.a.KEY}x    | Bearer s3$PREV_NODE"x
                    $secrets.a.KEY.example      | s3$PREV_NODE".example
                    $secrets.my-vault.K-1-      | k1-
                    $HOME/x $HOME-x ${HOME}     | /home/me/x /home/me-x /home/me
                    $$secrets.a.KEY             | $secrets.a.KEY
                    $secrets.a.OTHER            | $secrets.a.OTHER
                    """)
    void whatComesFromOutsideIsNotLookedThroughForVariables(String text, String filled) {
        Template template = compiled(text);

        assertThat(template.isPlain()).isTrue();
        assertThat(template.fill(VALUES::get)).isEqualTo(filled);
    }

    @Test
    void theLongestReferenceIsAskedForFirst() {
        List<String> asked = new ArrayList<>();

        Templates.compile("$a.b-c, $PREV_NODE, $$x, ${d}", Set.of(), name -> {
            asked.add(name);
            return null;
        });

        assertThat(asked).containsExactly("a.b-c", "a.b", "a", "d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": "$CURRENT_INPUT"}          | {"a": "say \\"$HOP_COUNT\\"\\u000a\\\\"}
                    {"a": "\\"$PREV_NODE\\"!"}       | {"a": "\\"poet\\"!"}
                    {"a": "\\\\", "b": $PREV_NODE}   | {"a": "\\\\", "b": "poet"}
                    {"$PREV_NODE": $INPUT_LENGTH}    | {"poet": 5}
                    {"a": $BODY.n, "b": "$BODY.n"}   | {"a": [1, {"a": "b/c"}], "b": "[1, {\\"a\\": \\"b/c\\"}]"}
                    {"a": $CURRENT_INPUT}            | {"a": "say \\"$HOP_COUNT\\"\\u000a\\\\"}
                    {"a": $BODY.none, "b": "$BODY.no"} | {"a": null, "b": ""}
                    {"k": "$secrets.a.KEY", "$$": 1} | {"k": "s3$PREV_NODE\\"", "$": 1}
                    """)
    void valuesInJsonStayValues(String text, String filled) {
        assertThat(Templates.json(text, CUSTOM, LITERALS::get).fill(VALUES::get))
                .isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1, "admin": true
                    {}, "admin": true
                    1 // and
                    1 /* and */
                    [1,]
                    01
                    """)
    void noValueChangesTheShapeOfADocument(String value) {
        Template template = Templates.json("{\"a\": $PREV_NODE}", Set.of(), name -> null);

        assertThat(template.fill(name -> value)).isEqualTo("{\"a\": \"" + value.replace("\"", "\\\"") + "\"}");
    }
}
