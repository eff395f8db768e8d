package io.llmnet.cache.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticularsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is 42 plus 1?             | What is 43 plus 1?",
                "What is 12 minus 5?            | What is 5 minus 12?",
                "Is the earth flat?             | Is the earth not flat?",
                "Is this safe?                  | Isn't this safe?",
                "Is this safe?                  | Isn’t this safe?",
                "Ist das erlaubt?               | Ist das nicht erlaubt?",
                "Est-ce permis ?                | N'est-ce pas permis ?",
                "Who came before Napoleon?      | Who came after Napoleon?",
                "Name three cities.             | Name four cities.",
                "What is 1.5 of it?             | What is 15 of it?",
                "Convert 5 km to miles          | Convert -5 km to miles",
                "Turn the light on              | Turn the light off",
                "from Paris to Rome             | to Paris from Rome",
                "Say it from English to German  | Say it from German to English",
                "How much is 5 km in miles?     | How much is 5 miles in km?",
                "How much does Alice owe Bob?   | How much does Bob owe Alice?",
                "What does Alice owe Bob?       | Bob owes what, and what does Alice owe?",
                "Which year was 1984?           | 1984: which year was it?",
                "Was ist die Hauptstadt?        | Что такое столица?",
                "столица Франции                | столица Испании",
                "法国的首都是什么                 | 德国的首都是什么",
                "فرنسا                          | إسبانيا",
                "हिन्दी                          | हिन्दु",
                "What is a + b?                 | What is a * b?",
                "How old is C++?                | How old is C#?",
                "What costs 5 €?                | What costs 5 $?",
                "What is 5!                     | What is 5?",
                "What is (2+3)*4?               | What is 2+3*4?",
                "What is ½ of it?               | What is ¼ of it?",
                "Is x < y?                      | Is x > y?",
                "What means 👍?                  | What means 👎?",
                "What is ٣?                     | What is ٤?"
            })
    void whatTurnsTheMeaningTellsQuestionsApart(String one, String other) {
        assertThat(Particulars.of(one).allow(Particulars.of(other))).isFalse();
        assertThat(Particulars.of(other).allow(Particulars.of(one))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the capital of France? | what's the capital city of France",
                "Is it NOT so?                  | is it not so",
                "I can't see                    | I do not see",
                "What was the year 1984?        | What year was 1984?",
                "Tell me what the capital is    | Please tell me: what is the capital?",
                "Wie heißt die größte Stadt?    | Wie lautet der Name der größten Stadt?",
                "столица Франции?               | Столица Франции"
            })
    void otherWordsDoNot(String one, String other) {
        assertThat(Particulars.of(one).allow(Particulars.of(other))).isTrue();
        assertThat(Particulars.of(other).allow(Particulars.of(one))).isTrue();
    }
}
