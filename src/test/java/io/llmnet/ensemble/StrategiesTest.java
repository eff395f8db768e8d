package io.llmnet.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each strategy's table of cases: who sits, what happens, whom it asks, how it ends. */
class StrategiesTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = {
                "/ensemble/fastest.txt",
                "/ensemble/voting.txt",
                "/ensemble/weighted.txt",
                "/ensemble/consensus.txt",
                "/ensemble/judge.txt",
                "/ensemble/merge.txt",
                "/ensemble/cascade.txt"
            },
            delimiter = '|',
            quoteCharacter = '\f')
    void decidesAsWritten(String which, String council, String happens, String asked, String outcome) {
        Script script = new Script(Words.council(council), new Standings()).begin();

        for (String event : happens.split(";", -1)) {
            if (!event.isBlank()) {
                script.then(event.strip());
            }
        }

        assertThat(script.asked()).isEqualTo(asked);
        assertThat(script.outcome()).isEqualTo(outcome);
    }
}
