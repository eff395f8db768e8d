package io.llmnet.ensemble.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are one. */
class MeaningsTest {
    private static final double USUAL = 0.85;

    @ParameterizedTest(name = "{0} | {1}")
    @CsvFileSource(resources = "/ensemble/meaning.txt", delimiter = '|', quoteCharacter = '\f')
    void twoAreOneOrNot(String one, String other, String expected) {
        Measure measure = expected.equals("equal") ? Measure.EXACT : Measure.WORDS;

        assertThat(areOne(one.replace("\\n", "\n"), other.replace("\\n", "\n"), measure))
                .isEqualTo(!expected.equals("different"));
        if (expected.equals("alike")) {
            assertThat(areOne(one, other, Measure.EXACT))
                    .as("equal without likeness")
                    .isFalse();
        }
    }

    private static boolean areOne(String one, String other, Measure measure) {
        Meanings meanings = new Meanings(2, measure, USUAL);
        meanings.add(0, words(one));
        meanings.add(1, words(other));
        return meanings.groups().size() == 1;
    }

    private static Meaning words(String text) {
        return Meaning.of(text, null, List.of(), null);
    }

    private static Meaning vector(String text, float... vector) {
        return Meaning.of(text, null, List.of(), vector);
    }

    @RepeatedTest(value = 50, name = "seed {currentRepetition}")
    void likenessIsMutualAndFullWithItself(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Meaning one = words(text(random, random.nextInt(60)));
        Meaning other = words(text(random, random.nextInt(60)));

        assertThat(one.likeness(other, Measure.WORDS))
                .isEqualTo(other.likeness(one, Measure.WORDS))
                .isBetween(0.0, 1.0);
        assertThat(one.likeness(one, Measure.WORDS)).isEqualTo(1);
    }

    @RepeatedTest(value = 50, name = "seed {currentRepetition}")
    void anotherNumberIsAnotherAnswerHoweverLongTheText(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        String before = text(random, random.nextInt(200));
        String after = text(random, random.nextInt(200));

        assertThat(areOne(before + " 42 " + after, before + " 43 " + after, Measure.WORDS))
                .isFalse();
        assertThat(areOne(before + " is " + after, before + " is not " + after, Measure.WORDS))
                .isFalse();
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append((char) ('a' + random.nextInt(26)))
                    .append("word")
                    .append((char) ('a' + random.nextInt(26)))
                    .append(' ');
        }
        return text.toString();
    }

    @Test
    void anOddVectorDoesNotMakeTwoNumbersOne() {
        assertThat(vector("42 it is", 1, 0).likeness(vector("43 it is", 1, 0), Measure.VECTORS))
                .isZero();
    }

    @Test
    void vectorsAreComparedByTheirAngle() {
        assertThat(vector("a cat sat", 1, 0).likeness(vector("some feline rested", 3, 4), Measure.VECTORS))
                .isEqualTo(0.6, within(1e-6));
        assertThat(vector("a cat sat", 1, 0).likeness(vector("some feline rested", -1, 0), Measure.VECTORS))
                .isZero();
        assertThat(vector("a cat sat", 1, 0).likeness(vector("some feline rested", 0, 0), Measure.VECTORS))
                .isZero();
    }

    @Test
    void withoutAVectorTheWordsAreCompared() {
        assertThat(vector("paint colours", 1, 0).likeness(words("paint colors"), Measure.VECTORS))
                .isGreaterThan(USUAL);
    }

    @Test
    void dataIsEqualOrElseAnotherWhateverItsVectors() {
        Meaning one = data("{\"severity\":\"high\"}");

        assertThat(one.likeness(data("{\"severity\":\"high\"}"), Measure.EXACT)).isEqualTo(1);
        assertThat(one.likeness(data("{\"severity\":\"low\"}"), Measure.WORDS)).isZero();
        assertThat(one.likeness(data("{\"severity\":\"low\"}"), Measure.VECTORS))
                .isZero();
        assertThat(one.likeness(vector("{\"severity\":\"high\"}", 1, 0), Measure.VECTORS))
                .as("data beside words")
                .isZero();
    }

    private static Meaning data(String json) {
        return Meaning.of(json, json, List.of(), new float[] {1, 0});
    }

    @Test
    void whatLeadsFromOneToAnotherMakesThemOne() {
        Meanings meanings = new Meanings(3, Measure.WORDS, 0.9);
        meanings.add(0, words("colour flavour"));
        meanings.add(2, words("color flavor"));
        assertThat(meanings.groups()).containsExactly(List.of(0), List.of(2));

        meanings.add(1, words("color flavour"));

        assertThat(meanings.groups()).containsExactly(List.of(0, 1, 2));
        assertThat(meanings.closeness(1, List.of(0, 1, 2))).isGreaterThan(meanings.closeness(0, List.of(0, 1, 2)));
    }

    @Test
    void aThresholdOfNothingDoesNotMakeAllOne() {
        Meanings meanings = new Meanings(2, Measure.WORDS, 0);
        meanings.add(0, words("yes"));
        meanings.add(1, words("no"));

        assertThat(meanings.groups()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,", "1.", "1,000", "a'b", "- ", "n't'", "⁰", "(", "```\n", "a_b", "*a", "**a*", "\"", "\n ", "f'",
                "!", "–"
            })
    void noTextIsTooLongToCompare(String part) {
        String text = part.repeat(100_000);

        assertThat(areOne("one " + text + " two", "one " + text + "2 two", Measure.WORDS))
                .isFalse(); // in seconds, not days
    }

    @ParameterizedTest
    @CsvSource({
        "colour, color, true",
        "judgement, judgment, true",
        "color, colour, true",
        "nitrate, nitrite, false",
        "sulfate, sulfite, false",
        "granada, grenada, false",
        "hermano, hermana, false",
        "county, country, false",
        "desert, dessert, false",
        "angel, angle, false",
        "million, billion, false",
        "human, humane, false",
        "estrogen, oestrogen, false",
        "food, fod, false",
        "東京アaタワー, 東京アタワー, false",
        "colour, colour, false"
    })
    void aWordMayBeSpeltInTwoWays(String one, String other, boolean expected) {
        assertThat(Spelling.areOne(one, other)).isEqualTo(expected);
    }

    @Test
    void theLikenessIsTheShareOfLettersThatAreTheSame() {
        assertThat(words("paint the colours").likeness(words("paint colors"), Measure.WORDS))
                .isEqualTo(1 - 1 / 13.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"guilty, innocent", "million, billion", "paris, lyon", "b, c", "two, three", "right, wrong", "and, or"})
    void aLongTextThatEndsOtherwiseIsAnother(String one, String other) {
        String before =
                "looking at all that we know of this case, at what was said for it and what was said against it, "
                        .repeat(20);

        assertThat(areOne(
                        before + "we find in the end that it is " + one,
                        before + "we find in the end that it is " + other,
                        Measure.WORDS))
                .isFalse();
        assertThat(areOne(before + one + " not " + other, before + other + " not " + one, Measure.WORDS))
                .as("the other way round")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "we owe them 42 | we owe them 43",
                "it is -x | it is x",
                "it is allowed | it is not allowed",
                "it costs two euros | it costs three euros",
                "option b it is | option c it is",
                "他明天会来这里 | 他明天不来这里",
                "答案是三个苹果 | 答案是五个苹果",
                "答案是B | 答案是C"
            })
    void whatDiffersInAMarkIsAnotherEvenOfOneVector(String one, String other) {
        String before = "as far as we can tell from all that has been said about it so far, ";

        assertThat(vector(one, 1, 0).likeness(vector(other, 1, 0), Measure.VECTORS))
                .isZero();
        assertThat(vector(before + one, 1, 0).likeness(vector(before + other, 1, 0), Measure.VECTORS))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toolCallsAreTheSameInAnyOrder(boolean isSame) {
        Meaning one = Meaning.of("I call", null, List.of("f({\"a\":1})", "g({})"), new float[] {1, 0});
        Meaning other =
                Meaning.of("", null, List.of("g({})", isSame ? "f({\"a\":1})" : "f({\"a\":2})"), new float[] {1, 0});

        assertThat(one.isSameAs(other)).isEqualTo(isSame);
        assertThat(one.likeness(other, Measure.VECTORS)).isEqualTo(isSame ? 1 : 0);
        assertThat(one.isSameAs(words("I call"))).isFalse();
    }
}
