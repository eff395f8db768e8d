package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'b': [1, {'d':2, 'c':3}], 'a': null} | {'a':null,'b':[1,{'c':3,'d':2}]}",
                "['\\u0068i']                          | ['hi']",
                "[10e399, 1e400]                       | [1E+400,1E+400]",
                "[1.0, 1e0, 10e-1, 1]                  | [1,1,1,1]",
                "[0.50, 5e-1]                          | [0.5,0.5]",
                "[-0.0, 0e9, 0]                        | [0,0,0]",
                "[1e2, 100.00]                         | [100,100]",
                "[12345678901234567890123456789012345] | [12345678901234567890123456789012345]",
                "[true, false, 'x']                    | [true,false,'x']"
            })
    void whatMeansTheSameHasOneForm(String said, String form) {
        assertThat(canonical(said)).isEqualTo(form.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, '1.000000000000000000000000000001'", "1e400, 1e401", "[1;2], [2;1]", "1, '\"1\"'"})
    void whatMeansSomethingElseHasAnother(String one, String other) {
        assertThat(canonical(one.replace(';', ','))).isNotEqualTo(canonical(other.replace(';', ',')));
    }

    @Test
    void aHugeExponentIsNotWrittenOut() {
        assertThat(canonical("[1e2147483647, 10e2147483646, 1e-2147483647]")).hasSizeLessThan(100);
    }

    private static String canonical(String text) {
        return Canonical.text(Json.tree(text.replace('\'', '"').getBytes(UTF_8), Fault.MALFORMED_JSON, "it"));
    }
}
