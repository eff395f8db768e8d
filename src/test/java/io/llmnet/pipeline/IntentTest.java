package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentTest {
    private static Node node(String name, @Nullable String useCase) {
        return new Node(
                name,
                1,
                Node.Role.MODEL,
                "m",
                null,
                null,
                List.of(),
                false,
                null,
                useCase,
                List.of(),
                null,
                Node.ChooseBy.MODEL,
                null,
                null,
                Hooks.NONE,
                List.of(),
                null,
                Listen.ANYWHERE);
    }

    private static List<Node> nodes(String... names) {
        return Arrays.stream(names).map(name -> node(name, null)).toList();
    }

    @Test
    void asksForANameOnly() {
        assertThat(Intent.question("How do I sort a list?", List.of(node("code", "Programs"), node("prose", null))))
                .isEqualTo("""
                        Pick the one of these experts who fits the request best.

                        Experts:
                        - code: Programs
                        - prose

                        Request:
                        \"""
                        How do I sort a list?
                        \"""

                        Do not answer the request. Reply with ONLY the name of the expert.""");
    }

    @Test
    void constrainsTheAnswer() {
        assertThat(Intent.jsonSchema(nodes("code", "a\"b\\c\n")))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"node\":{\"type\":\"string\",\"enum\":[\"code\","
                        + "\"a\\\"b\\\\c\\u000a\"]}},\"required\":[\"node\"],\"additionalProperties\":false}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    code                                  | code
                    ` code-expert\n`                      | code-expert
                    Code-Expert.                          | code-expert
                    "prose"                               | prose
                    **prose**                             | prose
                    {"node": "prose"}                     | prose
                    ```json {"node":"code"} ```           | code
                    {"node": "PROSE"}                     | prose
                    I would take code-expert for this     | code-expert
                    not code but code-expert              | code-expert
                    The best is `prose`, I think          | prose
                    Prose or maths                        | prose
                    maths or prose                        | maths
                    decode                                | -
                    code-experts                          | -
                    <think>prose? no.</think> code        | code
                    I cannot say                          | -
                    ``                                    | -
                    """)
    void findsTheNodeThatIsMeant(@Nullable String answer, String meant) {
        List<Node> candidates = nodes("code", "code-expert", "prose", "maths");

        assertThat(Intent.match(answer == null ? "" : answer, candidates)
                        .map(Node::name)
                        .orElse("-"))
                .isEqualTo(meant);
    }
}
