package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server with two files, one of which has a key to hide, and told to tell all. */
class ServerIT {
    private static final String SECRET = "sk-4d1f-never-to-be-seen";
    private static final String REFUSED = "{'model':'refusal','messages':[{'role':'user','content':'Hi'}]}";

    @TempDir
    private static Path folder;

    private static @Nullable StagedModel model;
    private static @Nullable Serving serving;

    @BeforeAll
    static void start() throws IOException {
        StagedModel staged = StagedModel.start();
        model = staged;
        Files.writeString(folder.resolve("keys.env"), "KEY=" + SECRET + "\n");
        pipeline("open", "open", "$SECRET");
        pipeline("refusal", "refusal", "$secrets.keys.KEY");
        serving = Serving.start(
                Program.in(folder).with("STAGED", staged.url()).with("SECRET", SECRET),
                "run",
                "-v",
                "-v",
                "--port",
                "0",
                "open.yaml",
                "refusal.yaml");
    }

    @AfterAll
    static void stop() {
        if (serving != null) {
            serving.close();
        }
        if (model != null) {
            model.close();
        }
    }

    private static void pipeline(String name, String asked, String key) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                secrets:
                  keys: {source: env-file, path: keys.env}
                models:
                  staged: {url: $STAGED, api-key: %s, model: %s}
                architecture:
                  - {name: chat, layer: 0, model: staged, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(key, asked));
    }

    private static Serving server() {
        return java.util.Objects.requireNonNull(serving);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void speaksBothVersionsOfHttp(Version version) {
        HttpResponse<String> answer =
                server().ask(version, "{'model':'open','messages':[{'role':'user','content':'Hi'}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body()).contains("whole");
    }

    @Test
    void everyFileIsAModel() {
        assertThat(server().get("/v1/models").body()).contains("\"open\"", "\"refusal\"");
    }

    @Test
    void aNameThatIsNoFilesIsRefusedAndTheFilesAreNamed() {
        HttpResponse<String> answer = server().ask("{'model':'other','messages':[{'role':'user','content':'Hi'}]}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("model_not_found", "open", "refusal");
    }

    @Test
    void aKeyIsNeverShown() {
        String refusal = server().ask(REFUSED).body();
        String stream =
                server().ask(REFUSED.replace("}]}", "}],'stream':true}")).body();

        List<String> shown = List.of(
                refusal,
                stream,
                server().get("/status").body(),
                server().get("/metrics").body(),
                server().running().out(),
                server().running().err());
        assertThat(shown).noneMatch(text -> text.contains(SECRET));
        assertThat(refusal).contains("error");
        assertThat(server().running().err()).contains("DEBUG");
    }

    @Test
    void consolesListenForThisMachineOnly() throws IOException {
        int port = Integer.parseInt(server().running()
                .err()
                .replaceAll("(?s).*Management interface listening on http://127\\.0\\.0\\.1:(\\d+).*", "$1"));

        assertThat(isOpen(InetAddress.getLoopbackAddress(), port)).isTrue();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address :
                    each.inetAddresses().filter(one -> !one.isLoopbackAddress()).toList()) {
                assertThat(isOpen(address, port)).as("%s", address).isFalse();
            }
        }
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
