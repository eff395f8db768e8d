package io.llmnet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvFileTest {
    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b | b",
                "  export A = b c  | b c",
                "A=b#c | b#c",
                "A=b # told | b",
                "A='b # $c' # told | b # $c",
                "A=\"say \\\"hi\\\" \\$x\" | say \"hi\" $x",
                "A=sk-$1/+== | sk-$1/+==",
                "A=b=c | b=c"
            })
    void aLineIsReadAsAShellWouldReadIt(String line, String value) {
        EnvFile file = EnvFile.read("f.env", line);

        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).containsExactly(Map.entry("A", value));
    }

    @Test
    void whatIsEmptyIsAValueToo() {
        EnvFile file = EnvFile.read("f.env", "A=\nB=''\nC=# told\n");

        assertThat(file.values()).isEqualTo(Map.of("A", "", "B", "", "C", ""));
    }

    @Test
    void commentsAndEmptyLinesSayNothing() {
        EnvFile file = EnvFile.read("f.env", "\uFEFFA=1\r\n\r\n  # B=2\r\nA=3\r\n");

        assertThat(file.values()).isEqualTo(Map.of("A", "3"));
    }

    @Test
    void everyWrongLineIsToldAtItsPlaceAndWithoutItsValue() {
        EnvFile file = EnvFile.read("f.env", "A=1\nsecret\nB='hidden\n1C=2\n");

        assertThat(file.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.env:2:1: is not NAME=value; write one such pair a line",
                        "f.env:3:3: B: the quote that opens here must close at the end of the line",
                        "f.env:4:1: is not NAME=value; write one such pair a line");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aQuotedValueSurvives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String value = random.ints(random.nextInt(30), ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

        EnvFile file = EnvFile.read("f.env", "A=" + quoted);

        assertThat(file.values()).containsEntry("A", value);
    }
}
