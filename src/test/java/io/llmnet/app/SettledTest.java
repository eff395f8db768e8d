package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.discovery.Options;
import io.llmnet.gateway.ledger.Fleet;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.SettingsFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettledTest {
    private static GatewaySettings read(String text) {
        SettingsFile.Read read = SettingsFile.read("llmnet.yaml", text, name -> null);
        assertThat(read.problems()).isEmpty();
        return read.settings().gateway();
    }

    @Test
    void whatIsSaidOfFindingReachesThoseWhoFind() {
        Options options = Settled.options(read("""
                discovery: {services: [_Ollama._tcp, _x._tcp.local], announce: false, every: 7s}
                lifecycle: {timeout: 9m}
                timeouts: {first-byte: 8m, idle: 3s}
                """));

        assertThat(options.services()).containsExactly("_ollama._tcp", "_x._tcp");
        assertThat(options.announces()).isFalse();
        assertThat(options.mdns()).isTrue();
        assertThat(options.every()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.loading()).isEqualTo(Duration.ofMinutes(9));
        assertThat(options.timeouts().firstByte()).isEqualTo(Duration.ofMinutes(8));
        assertThat(options.timeouts().idle()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whereNothingIsSaidAllIsAsUsual() {
        assertThat(Settled.options(GatewaySettings.USUAL)).isEqualTo(Options.USUAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 14})
    void allDaysThatTheFileMaySayCanBeKept(int days) {
        Fleet.Terms terms = Settled.fleet(read("fleet: {sample-days: " + days + ", every: 1ms}"));

        assertThat(terms.minDays()).isEqualTo(days);
    }
}
