package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.file.Compositions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of conditions that are wrong, or right and not meant. */
class ConditionProblemsTest {
    private static List<String> problems(String condition) {
        return Compiled.of(condition).problems().stream().map(Problem::toString).toList();
    }

    private static String shown(int column, String message, String condition) {
        return "p:1:" + column + ": if: " + message + "\n    " + condition + "\n    " + " ".repeat(column - 1) + "^";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $WORDCOUNT < 3          ~ 1  ~ there is no variable $WORDCOUNT; did you mean "$WORD_COUNT"?
                    $PREV_NODE && $Taem     ~ 15 ~ there is no variable $Taem; did you mean "$Team"?
                    $WORD_COUNT = 3         ~ 13 ~ "=" does not compare; write ==
                    $WORD_COUNT !3          ~ 13 ~ "!" does not compare; write !=
                    $WORD_COUNT <           ~ 14 ~ something to compare is missing at the end; write a comparison such as $WORD_COUNT < 10
                    $PREV_NODE &&           ~ 14 ~ something to compare is missing at the end; write a comparison such as $WORD_COUNT < 10
                    $PREV_NODE == "a        ~ 15 ~ this text has no closing quote; add it
                    $PREV_NODE == a b       ~ 17 ~ nothing can follow here; put text with spaces in quotes
                    $PREV_NODE containsx a  ~ 12 ~ nothing can follow here; put text with spaces in quotes
                    $PREV_NODE and $Team    ~ 12 ~ "and" does not join; write &&
                    $PREV_NODE OR $Team     ~ 12 ~ "or" does not join; write ||
                    $PREV_NODE not in [a]   ~ 12 ~ "not" is no operator; write ! before a condition, in parentheses if need be
                    $PREV_NODE startswith a ~ 12 ~ this cannot follow here; write contains, startsWith, matches or in after one variable
                    $PREV_NODE & $Team      ~ 12 ~ "&" does not join; write &&
                    $PREV_NODE | $Team      ~ 12 ~ "|" does not join; write ||
                    1 < $WORD_COUNT < 5     ~ 17 ~ only two sides compare; join comparisons with && or ||
                    ($HOP_COUNT < 3         ~ 1  ~ this ( is not closed; write ) where its condition ends
                    ($HOP_COUNT < 3 x)      ~ 17 ~ nothing can follow here; put text with spaces in quotes
                    $HOP_COUNT < 3)         ~ 15 ~ this ) closes nothing; take it out
                    $HOP_COUNT < (3)        ~ 14 ~ a variable, text or number is expected here
                    $HEADER == 1            ~ 1  ~ there is no variable $HEADER; write $HEADER.x-team or $BODY.temperature
                    $BODY.                  ~ 1  ~ there is no variable $BODY.; write $HEADER.x-team or $BODY.temperature
                    $OUTPUT contains a      ~ 1  ~ $OUTPUT is known to hooks and alerts only; use $CURRENT_INPUT or $PREV_NODE
                    1 < 2                   ~ 1  ~ is always the same; compare a variable such as $WORD_COUNT
                    $Team && 'a' contains b ~ 10 ~ is always the same; compare a variable such as $WORD_COUNT
                    sometimes               ~ 1  ~ is no condition; write a comparison such as $WORD_COUNT < 10
                    $Team || "true"         ~ 10 ~ is no condition; write a comparison such as $WORD_COUNT < 10
                    $ == 1                  ~ 1  ~ a variable's name is missing or not closed; write $NAME or ${NAME}
                    ${WORD_COUNT == 1       ~ 1  ~ a variable's name is missing or not closed; write $NAME or ${NAME}
                    ${WORD COUNT} == 1      ~ 1  ~ a variable's name is missing or not closed; write $NAME or ${NAME}
                    $Team in a              ~ 10 ~ a list is expected after "in"; write one such as [a, "b c", 3]
                    $Team in [a, b          ~ 10 ~ this list has no end; write ] after its last item
                    $Team in [a b]          ~ 13 ~ "," or "]" is expected here; put text with spaces in quotes
                    $Team in []             ~ 10 ~ this list is empty, so nothing is in it; write items such as [a, "b c", 3]
                    $Team matches $Team     ~ 15 ~ a pattern stands in quotes; write one such as "^(hi|hello)"
                    """)
    void mistakesAreToldWhereTheyAre(String condition, int column, String message) {
        assertThat(problems(condition)).containsExactly(shown(column, message, condition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $Team matches "a(b"       ~ 17 ~ this pattern is wrong: missing closing )
                    $Team matches "a)b"       ~ 17 ~ this pattern is wrong: this ) closes nothing; write \\) for a parenthesis
                    $Team matches "a[b"       ~ 17 ~ this pattern is wrong: missing closing ]
                    $Team matches 'a**'       ~ 17 ~ this pattern is wrong: invalid nested repetition operator
                    $Team matches "\\"\\q"    ~ 18 ~ this pattern is wrong: invalid escape sequence
                    $Team matches "a(?=b)"    ~ 17 ~ this pattern is wrong: invalid or unsupported Perl syntax
                    $Team matches "x{1001}"   ~ 17 ~ this pattern repeats too much: more than 1000 parts; make its counts smaller
                    $Team matches "\\\\"      ~ 16 ~ this pattern is wrong: trailing backslash at end of expression
                    $Team matches "((a{99}){99}){99}" ~ 24 ~ this pattern repeats too much: more than 1000 parts; make its counts smaller
                    """)
    void mistakesInPatternsToo(String condition, int column, String message) {
        assertThat(problems(condition)).containsExactly(shown(column, message, condition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $WORD_COUNT                 ~ 1  ~ always holds, for $WORD_COUNT is always set; compare it with something
                    $Team && $REQUEST_ID        ~ 10 ~ always holds, for $REQUEST_ID is always set; compare it with something
                    $Team || true               ~ 10 ~ is always true; take it out
                    !false                      ~ 2  ~ is always false; take it out
                    $PREV_NODE < abc            ~ 12 ~ never holds, for "abc" is no number; put it in quotes to compare as text
                    $WORD_COUNT == many         ~ 13 ~ never holds, for $WORD_COUNT is a number; compare it with one
                    many != $WORD_COUNT         ~ 6  ~ always holds, for $WORD_COUNT is a number; compare it with one
                    $WORD_COUNT in [1, few]     ~ 20 ~ never holds, for $WORD_COUNT is a number; compare it with one
                    $WORD_COUNT < "few"         ~ 13 ~ compares as text, for "few" is no number; compare $WORD_COUNT with one
                    $Team contains ""           ~ 7  ~ "contains" finds the empty text in every text; write something into the quotes
                    $WORD_COUNT startsWith a    ~ 13 ~ never holds, for $WORD_COUNT is a number; compare it with <, == or >
                    """)
    void whatCannotBeMeantIsDoubted(String condition, int column, String message) {
        Compiled compiled = Compiled.of(condition);

        assertThat(compiled.right()).hasToString(condition);
        assertThat(problems(condition)).containsExactly(shown(column, message, condition));
    }

    @Test
    void theSignOfOthersForPatternsIsNamed() {
        assertThat(problems("$Team =~ 'a'"))
                .containsExactly(shown(7, "\"=~\" does not compare; write matches", "$Team =~ 'a'"));
    }

    @Test
    void ofALongConditionThePartAroundTheMistakeIsShown() {
        String condition = "$Team == a || ".repeat(20) + "$Taem == b" + " || $Team == c".repeat(20);

        assertThat(problems(condition).get(0).lines())
                .containsExactly(
                        "p:1:281: if: there is no variable $Taem; did you mean \"$Team\"?",
                        "    … == a || $Team == a || $Team == a || $Taem == b || $Team == c || $Team == …",
                        "                                          ^");
    }

    @Test
    void whatOthersSeeAsOneCharacterCountsAsOne() {
        assertThat(problems("$Team == '😀\n' &").get(0).lines())
                .containsExactly(
                        "p:1:1: if: \"&\" does not join; write &&", "    $Team == '😀 ' &", "                  ^");
    }

    @Test
    void hostileTextsAreRefusedAndHarmNothing() {
        assertThat(problems("(".repeat(9_000))).singleElement().asString().contains("nest deeper than 100");
        assertThat(problems("$Team".repeat(9_000))).singleElement().asString().contains("longer than 10000");
        assertThat(problems("$Team matches '" + "(".repeat(900) + ")".repeat(100) + "'"))
                .singleElement()
                .asString()
                .contains("nests deeper than 50 groups");
        assertThat(problems("$Team matches '" + "a".repeat(1_001) + "'"))
                .singleElement()
                .asString()
                .contains("longer than 1000 characters");
        assertThat(problems("!".repeat(10_000))).singleElement().asString().contains("missing at the end");
    }

    @Test
    void columnsAreThoseOfTheFile() {
        String text = """
                {"models": {"m": {"url": "http://h"}},
                 "architecture": [{"name": "in", "if": "$PREV_NODE == \\"a\\" & $Team"}]}
                """;

        assertThat(Compositions.read("p.json", text, name -> null).problems())
                .singleElement()
                .asString()
                .isEqualTo(
                        "p.json:2:61: architecture[0].if: \"&\" does not join; write &&\n    $PREV_NODE == \"a\" & $Team"
                                + "\n                      ^");
    }
}
