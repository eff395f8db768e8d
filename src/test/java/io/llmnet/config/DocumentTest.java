package io.llmnet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
    private final Problems problems = new Problems();

    private Optional<Value> read(String file, String text) {
        return Document.read(file, text, problems);
    }

    private List<String> told() {
        return problems.inOrder().stream().map(Problem::toString).toList();
    }

    /** A value without places: maps in braces, lists in brackets. */
    private static String shown(Value value) {
        return value.match(new Value.Cases<>() {
            @Override
            public String text(Value.Text text) {
                return "'" + text.text() + "'";
            }

            @Override
            public String numeral(Value.Numeral numeral) {
                return numeral.digits();
            }

            @Override
            public String truth(Value.Truth truth) {
                return String.valueOf(truth.holds());
            }

            @Override
            public String nothing(Value.Nothing nothing) {
                return "null";
            }

            @Override
            public String sequence(Value.Sequence sequence) {
                return sequence.items().stream()
                        .map(DocumentTest::shown)
                        .toList()
                        .toString();
            }

            @Override
            public String mapping(Value.Mapping mapping) {
                return mapping.entries().stream()
                        .map(entry -> entry.name() + "=" + shown(entry.value()))
                        .toList()
                        .toString()
                        .replace('[', '{')
                        .replace(']', '}');
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, -2.50, 1e3], \"b\": {\"c\": \"d\\n\\u00e9\\\"/\"}, \"e\": true, \"f\": null}",
                "\uFEFF// first\r\n{\"a\":[1,-2.50,1e3,],/* in\nbetween */\"b\":{\"c\":\"d\\n\\u00e9\\\"\\/\",},\"e\":true,\"f\":null,}\n//last",
                "a: [1, -2.50, 1e3]\nb:\n  c: \"d\\n\\u00e9\\\"/\"\ne: true\nf: ~",
                "---\n\"a\":\n- 1\n- -2.50\n- 1e3\nb: {c: \"d\\né\\\"/\"}\ne: True\nf:\n..."
            })
    void jsonAndYamlHoldTheSame(String text) {
        Optional<Value> value = read("file", text);

        assertThat(told()).isEmpty();
        assertThat(value.map(DocumentTest::shown)).contains("{a={1, -2.50, 1e3}, b={c='d\né\"/'}, e=true, f=null}");
    }

    @Test
    void everyKeyAndValueKnowsItsPlace() {
        Value.Mapping json =
                (Value.Mapping) read("j.json", "{\n  \"a\": [\n    7]}").orElseThrow();
        Value.Mapping yaml = (Value.Mapping) read("y.yaml", "# c\na:\n  - 7\n").orElseThrow();

        assertThat(json.entries().get(0).place()).hasToString("j.json:2:3");
        assertThat(json.entries().get(0).value().place()).hasToString("j.json:2:8");
        assertThat(((Value.Sequence) json.entries().get(0).value())
                        .items()
                        .get(0)
                        .place())
                .hasToString("j.json:3:5");
        assertThat(yaml.entries().get(0).place()).hasToString("y.yaml:2:1");
        assertThat(((Value.Sequence) yaml.entries().get(0).value())
                        .items()
                        .get(0)
                        .place())
                .hasToString("y.yaml:3:5");
    }

    @Test
    void yamlWordsAreTextUnlessTheyAreNumbersOrTruths() {
        Value value = read("y.yml", "[yes, 0x1F, 1.2.3, 1., .5, +1, !!str 5, '5', null, FALSE, 12:30]")
                .orElseThrow();

        assertThat(shown(value)).isEqualTo("['yes', '0x1F', '1.2.3', 1., .5, +1, '5', '5', null, false, '12:30']");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a" 1}           | 1:6: ":" is expected after the key "a", not "1"
                    {"a": 1 "b": 2}   | 1:9: "," or "}" is expected, not a quote
                    {a: 1}            | 1:2: a key in double quotes or "}" is expected, not "a"
                    {"a": 'b'}        | 1:7: text stands in double quotes, not in single ones
                    {"a": yes}        | 1:7: "yes" is no value; put text in double quotes
                    {"a": 01}         | 1:7: "01" is no value; put text in double quotes
                    {"a": }           | 1:7: a value is expected, not "}"
                    {"a": [1, 2       | 1:12: "," or "]" is expected, not the end of the file
                    {"a": "b          | 1:7: this text has no closing quote; add it, and write a line break as \\n
                    {"a": "\\x"}      | 1:8: this backslash starts no escape; write \\\\ for a backslash
                    {"a": "\\u12g4"}  | 1:8: \\u needs four digits of 0-9 and a-f
                    {"a": 1} x        | 1:10: nothing may follow the end of the document; take it out
                    {"a": 1 /* b }    | 1:9: this comment has no end; write */ after it
                    """)
    void jsonMistakesAreTold(String text, String told) {
        assertThat(read("", text)).isEmpty();
        assertThat(told()).singleElement().asString().isEqualTo(":" + told);
    }

    @Test
    void yamlMistakesAreTold() {
        read("1", "a: b: c");
        read("2", "a:\n\t- b");
        read("3", "a: [b, c");
        read("4", "a: \"b");
        read("5", "a: *b");
        read("6", "a: 1\n---\nb: 2");
        read("7", "a:\n  - b\n c: d");
        read("8", "? [a]\n: b");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "1:1:5: a \":\" cannot stand here; indent the line like its neighbours, or put text with a colon in"
                                + " quotes",
                        "2:2:1: a tab cannot indent YAML; use spaces",
                        "3:1:9: \",\" or \"]\" is expected here; close the list, or separate its items",
                        "4:1:6: a quote or bracket is not closed before the end of the file; close it",
                        "5:1:4: nothing before this is marked &b; mark it, or write it out",
                        "6:2:1: a second document begins here; keep one document a file",
                        "7:3:2: this line does not stand in line with its neighbours; indent it as they are",
                        "8:1:3: a key must be plain text; if this is a value that starts with a bracket, put it in quotes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"j.json | {\"a\": 1, \"a\": 2}", "y.yaml | {\"a\": 1, \"a\": 2}"})
    void keysStandOnce(String file, String text) {
        assertThat(read(file, text).map(DocumentTest::shown)).contains("{a=1}");
        assertThat(told()).containsExactly(file + ":1:10: a: this key is already in line 1; keep one of the two");
    }

    @Test
    void sizeDepthAndAliasesHaveLimits() {
        read("size", " ".repeat(Document.SIZE_LIMIT + 1));
        read("json", "[".repeat(100_000));
        read("yaml", "- ".repeat(100_000));
        read("many", "[" + "1,".repeat(300_000) + "]");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int level = 1; level < 40; level++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }
        read("lol.yaml", laughs.toString());

        assertThat(told())
                .anySatisfy(told -> assertThat(told).isEqualTo("size:1:1: is larger than 4 MiB; make it smaller"))
                .anySatisfy(told ->
                        assertThat(told).isEqualTo("json:1:66: is nested deeper than 64 levels; make it flatter"))
                .anySatisfy(told ->
                        assertThat(told).isEqualTo("yaml:1:131: is nested deeper than 64 levels; make it flatter"))
                .anySatisfy(told -> assertThat(told).endsWith("has more than 200000 values; make it smaller"))
                .anySatisfy(told ->
                        assertThat(told).endsWith("has more than 200000 values, aliases written out; make it smaller"))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "# nothing\n", "---\n"})
    void emptyFilesAreTold(String text) {
        read("x.yaml", text);

        assertThat(problems.inOrder())
                .allSatisfy(problem -> assertThat(problem.message()).startsWith("is empty"));
    }
}
