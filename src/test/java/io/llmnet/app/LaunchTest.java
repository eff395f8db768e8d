package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080",
        "localhost, http://localhost:8080",
        "192.0.2.7, http://192.0.2.7:8080",
        "0.0.0.0, http://127.0.0.1:8080",
        "'::', http://[::1]:8080",
        "::1, http://[::1]:8080",
        "[::1], http://[::1]:8080"
    })
    void callersHereReachUs(String host, String root) {
        assertThat(Launch.root(host, "8080")).hasToString(root);
        assertThat(Launch.root(host, "8080").getHost()).isNotNull();
    }
}
