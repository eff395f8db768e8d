package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Map<String, String> VALUES = Map.of(
            "WORD_COUNT", "7",
            "PREV_NODE", "router",
            "CURRENT_INPUT", "",
            "REQUEST_ID", "5d0c4b9e-0000",
            "INITIAL_INPUT", "say \"hi\"",
            "Team", "C:\\new",
            "HEADER.x-team", "blue",
            "BODY.metadata.tags.0", "urgent",
            "BODY.temperature", "0.70");

    private static boolean holds(String text) {
        Compiled compiled = Compiled.of(text);
        assertThat(compiled.problems()).isEmpty();
        return compiled.right().holds(VALUES::get);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $PREV_NODE               | true
                    $ROUTE_DECISION          | false
                    $CURRENT_INPUT           | false
                    ${PREV_NODE}             | true
                    $WORD_COUNT < 10         | true
                    $WORD_COUNT<10           | true
                    $WORD_COUNT < "10"       | true
                    $WORD_COUNT > 7          | false
                    $WORD_COUNT >= 7         | true
                    $WORD_COUNT <= 6.5       | false
                    $WORD_COUNT == 7         | true
                    $WORD_COUNT == 7.0       | true
                    $WORD_COUNT == "7"       | true
                    $WORD_COUNT == "7.0"     | false
                    $WORD_COUNT != 8         | true
                    10 > $WORD_COUNT         | true
                    $PREV_NODE == "router"   | true
                    $PREV_NODE == 'router'   | true
                    $PREV_NODE == router     | true
                    $PREV_NODE=="router"     | true
                    $PREV_NODE != "router"   | false
                    $PREV_NODE == "Router"   | false
                    $PREV_NODE < 5           | false
                    $PREV_NODE >= 5          | false
                    $ROUTE_DECISION == "a"   | false
                    $ROUTE_DECISION != "a"   | true
                    $ROUTE_DECISION < 5      | false
                    $ROUTE_DECISION >= "a"   | false
                    $REQUEST_ID < "8"        | true
                    $REQUEST_ID >= "8"       | false
                    $INITIAL_INPUT == 'say "hi"' | true
                    $PREV_NODE == $PREV_NODE | true
                    contains != $PREV_NODE   | true
                    $PREV_NODE != in,[a]     | true
                    """)
    void oneComparisonHoldsAsItAlwaysDid(String text, boolean holds) {
        assertThat(holds(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $PREV_NODE && $ROUTE_DECISION                            ~ false
                    $PREV_NODE&&$WORD_COUNT<10                               ~ true
                    $PREV_NODE || $ROUTE_DECISION                            ~ true
                    $ROUTE_DECISION||$CURRENT_INPUT                          ~ false
                    $PREV_NODE || $PREV_NODE && $ROUTE_DECISION              ~ true
                    ($PREV_NODE || $PREV_NODE) && $ROUTE_DECISION            ~ false
                    $ROUTE_DECISION && $PREV_NODE || $PREV_NODE              ~ true
                    !$ROUTE_DECISION                                         ~ true
                    ! $PREV_NODE                                             ~ false
                    !!$PREV_NODE                                             ~ true
                    !$PREV_NODE == "router"                                  ~ false
                    !($PREV_NODE && $ROUTE_DECISION)                         ~ true
                    !$ROUTE_DECISION && $PREV_NODE                           ~ true
                    !$PREV_NODE || $PREV_NODE                                ~ true
                    (($WORD_COUNT == 7))                                     ~ true
                    ( $WORD_COUNT<5 || $WORD_COUNT>6 )&&!( $PREV_NODE=='x' ) ~ true
                    true                                                     ~ true
                    false                                                    ~ false
                    $PREV_NODE != true                                       ~ true
                    """)
    void conditionsAreJoinedAndNegated(String text, boolean holds) {
        assertThat(holds(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $PREV_NODE contains "oute"                    ~ true
                    $PREV_NODE contains ROUTE                     ~ false
                    $PREV_NODE contains'r'&&$PREV_NODE            ~ true
                    "the router" contains $PREV_NODE              ~ true
                    $ROUTE_DECISION contains a                    ~ false
                    $PREV_NODE contains $ROUTE_DECISION           ~ false
                    $PREV_NODE startsWith rout                    ~ true
                    $PREV_NODE startsWith "outer"                 ~ false
                    $ROUTE_DECISION startsWith a                  ~ false
                    $PREV_NODE matches "o.t"                      ~ true
                    $PREV_NODE matches "^o.t"                     ~ false
                    $PREV_NODE matches '^(router|desk)$'          ~ true
                    $PREV_NODE matches "(?i)ROUTER"               ~ true
                    $REQUEST_ID matches "^\\d\\w+-0{4}$"          ~ true
                    $ROUTE_DECISION matches ""                    ~ false
                    !$PREV_NODE matches "x"                       ~ true
                    $PREV_NODE in [desk, "router"]                ~ true
                    $PREV_NODE in[desk,'router']                  ~ true
                    $PREV_NODE in [desk, "Router", $Team]         ~ false
                    $WORD_COUNT in [3, 7.0]                       ~ true
                    $WORD_COUNT in [3, "7.0"]                     ~ false
                    $WORD_COUNT in [5, 6,]                        ~ false
                    $ROUTE_DECISION in [a, b]                     ~ false
                    router in [$Team, $PREV_NODE]                 ~ true
                    !($PREV_NODE in [a]) && $WORD_COUNT in [7]    ~ true
                    """)
    void wordsCompareToo(String text, boolean holds) {
        assertThat(holds(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $INITIAL_INPUT == "say \\"hi\\""   ~ true
                    $INITIAL_INPUT == 'say \\"hi\\"'   ~ true
                    $INITIAL_INPUT contains '\\''      ~ false
                    $Team == "C:\\\\new"               ~ true
                    $Team == "C:\\new"                 ~ false
                    $Team startsWith "C:\\\\"          ~ true
                    $Team matches "^C:\\\\\\\\n.w$"    ~ true
                    $Team != "C:\\d"                   ~ true
                    """)
    void aFewEscapesStandForOtherCharacters(String text, boolean holds) {
        assertThat(holds(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    $HEADER.x-team == blue                ~ true
                    $HEADER.X-Team == blue                ~ true
                    ${HEADER.X-Team} == blue              ~ true
                    $HEADER.x-team-==blue                 ~ error
                    $HEADER.x-tea                         ~ false
                    $BODY.metadata.tags.0 == urgent       ~ true
                    ${BODY.metadata.tags.0}==urgent       ~ true
                    $BODY.metadata.tags.1                 ~ false
                    $BODY.temperature < 0.8               ~ true
                    $BODY.temperature == 0.7              ~ true
                    $BODY.temperature == "0.7"            ~ false
                    $Team                                 ~ true
                    """)
    void theRequestHasVariablesToo(String text, String outcome) {
        if (outcome.equals("error")) {
            assertThat(Compiled.of(text).condition()).isNull();
        } else {
            assertThat(holds(text)).isEqualTo(Boolean.valueOf(outcome));
        }
    }

    @Test
    void aHostileTextIsSearchedInOneGo() {
        Condition condition = Compiled.of("$CURRENT_INPUT matches \"(a+)+$\"").right();
        String text = "a".repeat(100_000) + "!";

        assertThat(condition.holds(name -> text)).isFalse();
        assertThat(condition.holds(name -> "a".repeat(100_000))).isTrue();
    }

    @Test
    void ofAVeryLongTextTheBeginningIsSearched() {
        Condition condition = Compiled.of("$CURRENT_INPUT matches end").condition();
        Condition quoted = Compiled.of("$CURRENT_INPUT matches 'end'").right();
        String filling = "-".repeat(Regex.MOST_CHARACTERS);

        assertThat(condition).isNull();
        assertThat(quoted.holds(name -> filling.substring(3) + "end")).isTrue();
        assertThat(quoted.holds(name -> filling + "end")).isFalse();
    }

    @Test
    void longConditionsHold() {
        assertThat(holds("!".repeat(9_000) + "$PREV_NODE")).isTrue();
        assertThat(holds("$PREV_NODE" + " && $PREV_NODE".repeat(600))).isTrue();
        assertThat(holds("(".repeat(100) + "$PREV_NODE" + ")".repeat(100))).isTrue();
    }

    @Test
    void saysItselfAsItWasWritten() {
        assertThat(Compiled.of(" $WORD_COUNT<10 ").right()).hasToString("$WORD_COUNT<10");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "-1.5e3, -1500", "007, 7", "+2, 2", "123456789012345678, 123456789012345678", ".5, 0.5", "-0, 0"
    })
    void readsFigures(String text, double number) {
        assertThat(Figure.of(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"''", "NaN", "Infinity", "0x10", "1d", "e", "1e", "-", "1 2", "5d0c"})
    void otherTextsAreNoFigures(String text) {
        assertThat(Figure.of(text)).isNaN();
    }
}
