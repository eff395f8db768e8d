package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeBackend;
import io.llmnet.process.Program.Ended;
import io.llmnet.process.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into a server that runs as its users run it. */
class ObservingIT {
    private static final String QUESTION = "{'model':'chat','messages':[{'role':'user','content':'a secret'}]}";

    private final FakeBackend backend = FakeBackend.start();

    @TempDir
    private Path folder;

    @BeforeEach
    void pipeline() throws IOException {
        Files.writeString(folder.resolve("chat.yaml"), """
                models:
                  fake: {url: "%s", model: ok}
                architecture:
                  - {name: answerer, layer: 0, model: fake, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(backend.url()));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private Program program() {
        return Program.in(folder).with("LLMNET_HOME", folder.resolve("home").toString());
    }

    @Test
    void theServerOfThisMachineIsFoundAndItsRequestsAreFollowedUntilItEnds() {
        try (Serving serving = Serving.start(program(), "run", "--port", "0", "chat.yaml");
                Running lines = program().start("trace");
                Running json = program()
                        .start("trace", "--json", "--server", serving.root().toString())) {
            Serving.until(() ->
                    lines.err().contains("following requests") && json.out().contains("following"));

            serving.ask(QUESTION);
            Serving.until(() -> lines.out().contains("chat ok in") && json.out().contains("\"end\""));
            serving.terminate();

            assertThat(lines.code()).isZero();
            assertThat(json.code()).isZero();
            assertThat(lines.err()).contains("the server ended");
            assertThat(lines.out())
                    .containsPattern("chat begins\\n.*   answerer asks ok to answer\\n.*   answerer ok in");
            assertThat(lines.out() + json.out()).doesNotContain("a secret");
            assertThat(serving.running().code()).isEqualTo(143);
        }
        assertThat(folder.resolve("home/run")).isEmptyDirectory();
    }

    @Test
    void whatIsSaidIsShownOnceTheServerWasToldTo() {
        Program telling = program().with("LLMNET_TELEMETRY_LOG_PROMPTS", "true");
        try (Serving serving = Serving.start(telling, "run", "--port", "0", "chat.yaml");
                Running lines = program().start("trace", "--text")) {
            Serving.until(() -> lines.err().contains("following requests"));

            serving.ask(QUESTION);

            Serving.until(() -> lines.out().contains("chat ok in"));
            assertThat(lines.out()).contains("> a secret", "< ok heard a secret");
        }
    }

    @Test
    void withoutAServerThereIsNothingToFollow() {
        Ended none = program().run("trace");
        Ended wrong = program().run("trace", "--server", backend.url().toString());

        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no server runs on this machine");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("nothing can be followed at " + backend.url());
    }

    @Test
    void theCamelCliIsToldOfTheRoutesIfThatIsWished() throws IOException {
        Program wishing = program().with("LLMNET_MANAGEMENT_CAMEL_CLI", "true").withJava("-Duser.home=" + folder);
        Path told = folder.resolve(".camel");
        try (Serving serving = Serving.start(wishing, "run", "--port", "0", "chat.yaml")) {
            Path status = told.resolve(serving.running().process().pid() + "-status.json");

            Serving.until(() -> Files.exists(status) && text(status).contains("chat\\/answerer"));
            assertThat(text(status)).contains("\"routes\"").doesNotContain("api-key");
        }
        try (Serving serving = Serving.start(
                program().withJava("-Duser.home=" + folder.resolve("other")), "run", "-p", "0", "chat.yaml")) {
            assertThat(serving.get("/health").statusCode()).isEqualTo(200);
            assertThat(folder.resolve("other/.camel")).doesNotExist();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException halfWritten) {
            return "";
        }
    }
}
