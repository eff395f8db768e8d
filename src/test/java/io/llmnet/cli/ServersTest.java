package io.llmnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.quickstart.Household;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How commands find the servers of this machine. */
class ServersTest {
    private static final long NOBODY = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    private static Running server(long pid, int port, int management) {
        return new Running(
                pid,
                URI.create("http://127.0.0.1:" + port),
                URI.create("http://127.0.0.1:" + management),
                List.of("chat"));
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private Servers servers() {
        return new Servers(new Household(folder));
    }

    @Test
    void aServerIsFoundWhileItRuns() throws Exception {
        Running server = server(self(), 8080, 9876);

        try (AutoCloseable announced = servers().announce(server)) {
            assertThat(announced).isNotNull();
            assertThat(servers().all()).containsExactly(server);
            assertThat(servers().management(null)).hasToString("http://127.0.0.1:9876");
        }
        assertThat(servers().all()).isEmpty();
    }

    @Test
    void whatAKilledServerLeftIsPassedOverAndClearedAway() throws Exception {
        servers().announce(server(NOBODY, 8080, 9876));
        Files.writeString(folder.resolve("run/9999.json"), "no server");

        assertThat(servers().all()).isEmpty();
        assertThat(folder.resolve("run/8080.json")).doesNotExist();
    }

    @Test
    void aLaterServerOnThePortKeepsItsFileWhenTheEarlierEnds() throws Exception {
        AutoCloseable earlier = servers().announce(server(NOBODY, 8080, 9876));
        Running later = server(self(), 8080, 9877);
        servers().announce(later);

        earlier.close();

        assertThat(servers().all()).containsExactly(later);
    }

    @Test
    void aServerMayBeNamedByEitherOfItsAddresses() throws Exception {
        servers().announce(server(self(), 8080, 9876));

        assertThat(servers().management("http://localhost:8080/v1")).hasToString("http://127.0.0.1:9876");
        assertThat(servers().management("127.0.0.1:9876")).hasToString("http://127.0.0.1:9876");
        assertThat(servers().management("http://other:9876")).hasToString("http://other:9876");
    }

    @Test
    void noneAndSeveralAreToldWithWhatToDo() throws Exception {
        assertThatThrownBy(() -> servers().management(null)).hasMessageContaining("no server runs", "--server");

        servers().announce(server(self(), 8080, 9876));
        servers().announce(server(self(), 8081, 9877));

        assertThatThrownBy(() -> servers().management(null))
                .hasMessageContaining("http://127.0.0.1:8080, http://127.0.0.1:8081");
        assertThatThrownBy(() -> servers().management("no where")).hasMessageContaining("is no address");
    }
}
