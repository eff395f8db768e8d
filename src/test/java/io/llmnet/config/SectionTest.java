package io.llmnet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
    private final Problems problems = new Problems();

    private Section section(String yaml) {
        Section section = Document.read("s.yaml", yaml, problems)
                .map(value -> Section.top(
                        value, problems, Map.of("HOST", "example.org", "PORT", "81", "HOST_2", "other")::get))
                .orElse(null);
        if (section == null) {
            throw new AssertionError(told());
        }
        return section;
    }

    private List<String> told() {
        return problems.inOrder().stream().map(Problem::toString).toList();
    }

    @Test
    void readsWhatIsAskedFor() {
        Section section =
                section("text: a\nport: '81'\nlayer: 2\nwhole: true\nnone: null\nlist: [1]\nmap: {k: {x: y}}");

        assertThat(section.text("text")).isEqualTo("a");
        assertThat(section.integer("port", 1, 100)).isEqualTo(81);
        assertThat(section.integer("layer", 0, 9)).isEqualTo(2);
        assertThat(section.truth("whole")).isTrue();
        assertThat(section.text("none")).isNull();
        assertThat(section.has("none")).isFalse();
        assertThat(section.items("list")).hasSize(1);
        assertThat(section.section("map")).isNotNull();
        section.close();
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsWrongTypesWhereTheyStand() {
        Section section = section("text: 5\nport: x\nlayer: 2.5\nwhole: 1\nlist: {}\nmap: []\nlists: [1, {}]");

        section.text("text");
        section.integer("port", 1, 9);
        section.integer("layer", 0, 9);
        section.truth("whole");
        section.items("list");
        section.section("map");
        section.list("lists");
        section.required("gone");

        assertThat(told())
                .containsExactly(
                        "s.yaml:1:1: the key \"gone\" is missing; add it",
                        "s.yaml:1:7: text: must be text, not a number; put it in quotes",
                        "s.yaml:2:7: port: must be a whole number from 1 to 9",
                        "s.yaml:3:8: layer: must be a whole number from 0 to 9",
                        "s.yaml:4:8: whole: must be true or false, not a number",
                        "s.yaml:5:7: list: must be a list, not a map",
                        "s.yaml:6:6: map: must be a map of keys and values, not a list",
                        "s.yaml:7:9: lists[0]: must be a map of keys and values, not a number");
    }

    @Test
    void warnsOfUnknownKeys() {
        Section section = section("use_case: a\nfrobnicate: b");
        section.text("use-case");
        section.text("if");

        section.close();

        assertThat(told())
                .containsExactly(
                        "s.yaml:1:1: unknown key \"use_case\"; did you mean \"use-case\"?",
                        "s.yaml:2:1: unknown key \"frobnicate\"; it has no effect");
        assertThat(problems.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://$HOST:${PORT}/x | http://example.org:81/x
                    $HOST$PORT             | example.org81
                    $HOST_2                | other
                    costs $5, $$HOST, $    | costs $5, $HOST, $
                    ${HOST, $5.secrets.a.B | ${HOST, $5.secrets.a.B
                    """)
    void expandsTheEnvironment(String written, String expanded) {
        assertThat(section("key: \"" + written + "\"").expanded("key")).isEqualTo(expanded);
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThat(section("key: $HOST-$GONE").expanded("key")).isEqualTo("example.org-$GONE");
        assertThat(told())
                .containsExactly("s.yaml:1:6: key: the environment variable GONE is not set; set it, or name it in"
                        + " --env-file");
    }

    @ParameterizedTest
    @CsvSource({"mdoel, model", "MODEL, model", "output_to, output-to", "zzz, -", "a, -", "'', -"})
    void guessesWhatWasMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, List.of("model", "output-to", "if")).orElse("-"))
                .isEqualTo(meant);
    }

    private static final Form FORM = Form.of(
            "thing",
            "For this test.",
            Key.text("use-case", "What for.").once("use_case").elsewhere("purpose"),
            Key.integer("size", 1, 9, "How big."),
            Key.text("endpoint", "Where.").replacedBy("url"),
            Key.text("url", "Where."),
            Key.text("idle", "Of some things only."),
            Key.text("soon", "Not yet.").later(),
            Key.named("parts", Form.of("part", "A part.", Key.text("name", "Its name.")), "Its parts."));

    @Test
    void aFormNamesTheSuccessorOfWhatIsOldOrUnknown() {
        Section section = section("""
                use_case: a
                purpose: b
                sice: 3
                endpoint: c
                idle: d
                soon: e
                parts: {one: {nmae: x}}
                """).as(FORM);

        assertThat(section.text("use-case")).isEqualTo("a");
        assertThat(section.integer("size", 1, 9)).isNull();
        assertThat(section.text("endpoint")).isEqualTo("c");
        section.text("url");
        Section parts = section.section("parts");
        assertThat(parts).isNotNull();
        if (parts != null) {
            parts.sections().values().forEach(part -> {
                part.text("name");
                part.close();
            });
        }
        section.close();

        assertThat(told())
                .containsExactly(
                        "s.yaml:1:1: old key \"use_case\"; write \"use-case\"",
                        "s.yaml:2:1: unknown key \"purpose\"; write \"use-case\"",
                        "s.yaml:3:1: unknown key \"sice\"; did you mean \"size\"?",
                        "s.yaml:4:1: old key \"endpoint\"; write \"url\"",
                        "s.yaml:5:1: the key \"idle\" has no effect here; take it out",
                        "s.yaml:6:1: the key \"soon\" has no effect in this release; it comes in a later one",
                        "s.yaml:7:15: parts.one: unknown key \"nmae\"; did you mean \"name\"?");
    }

    @Test
    void anOldNameHasNoEffectBesideItsSuccessor() {
        Section section = section("use_case: a\nuse-case: 5").as(FORM);

        section.text("use-case");
        section.close();

        assertThat(told())
                .containsExactly(
                        "s.yaml:1:1: old key \"use_case\"; it has no effect beside \"use-case\"; take it out",
                        "s.yaml:2:11: use-case: must be text, not a number; put it in quotes");
    }

    @Test
    void mistakesStandUnderTheNameThatTheFileHas() {
        Section section = section("use_case: 5").as(FORM);

        section.text("use-case");

        assertThat(told()).containsExactly("s.yaml:1:11: use_case: must be text, not a number; put it in quotes");
    }

    @Test
    void whatTheFormLacksCannotBeAskedFor() {
        Section section = section("a: b").as(FORM);

        assertThatThrownBy(() -> section.text("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the form of a thing has no key a");
    }

    @ParameterizedTest
    @CsvSource({
        "64MiB, 67108864",
        "64M, 67108864",
        "64mb, 67108864",
        "1 GiB, 1073741824",
        "512, 512",
        "0, -",
        "9x, -",
        "99999999999999, -",
        "K, -"
    })
    void readsAmountsOfBytes(String written, String bytes) {
        assertThat(Sizes.read(written).map(String::valueOf).orElse("-")).isEqualTo(bytes);
    }
}
