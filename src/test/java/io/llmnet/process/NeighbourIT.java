package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.process.Program.Ended;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real model server next door, which nobody has told the gateway of: our own node with the small model. Skipped only where
 * that cannot be fetched. Prints how soon it is found.
 */
class NeighbourIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Program.Running node(String model, int port) {
        return Program.in(folder)
                .start(
                        "node",
                        "--model-path",
                        model,
                        "--port",
                        Integer.toString(port),
                        "--n-ctx",
                        "2048",
                        "--n-parallel",
                        "2");
    }

    private static String model() throws IOException {
        Path home = Files.createTempDirectory("llmnet-neighbour");
        try {
            Ended fetched = Program.in(home).run("quickstart", "--fetch-only");
            Assumptions.assumeTrue(fetched.code() == 0, () -> {
                String why = "the model cannot be fetched: " + fetched.err().strip();
                System.out.println("NeighbourIT is skipped, " + why);
                return why;
            });
            return fetched.out().strip();
        } finally {
            try (var files = Files.list(home)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(home);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until so many are well, and prints how long that took. */
    private static void up(Serving serving, int count, String what) {
        long start = System.nanoTime();
        Serving.until(() -> Neighbours.up(serving) == count);
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - start) / 1e9);
    }

    private static List<String> models(Serving serving) throws IOException {
        return JSON.readTree(serving.get("/v1/models").body()).path("data").findValuesAsText("id");
    }

    private static String question(String model, int tokens) {
        return "{'model':'" + model + "','max_tokens':" + tokens
                + ",'messages':[{'role':'user','content':'Tell me of the sea.'}]}";
    }

    @Test
    void isFoundAndServesAndIsMissedAndFoundAgain() throws IOException {
        String file = model();
        int port = freePort();
        Files.writeString(
                folder.resolve("llmnet.yaml"),
                "discovery: {mdns: false, sweep: 500ms, timeout: 2s, ports: [" + port + "]}\n");
        try (Serving serving =
                Serving.start(Program.in(folder).withJava("-Xmx256m"), "serve", "--port", "0", "-c", "llmnet.yaml")) {
            String name;
            try (Program.Running node = node(file, port)) {
                up(serving, 1, "a node that was started is found");
                name = models(serving).get(0);
                assertThat(Neighbours.told(serving).path(0).path("backend_type").asText())
                        .isEqualTo("llmnet");
                assertThat(serving.ask(question(name, 8)).statusCode()).isEqualTo(200);
                List<CompletableFuture<HttpResponse<String>>> load = IntStream.range(0, 6)
                        .mapToObj(i -> serving.askLater(question(name, 400)))
                        .toList();
                Serving.until(() -> Neighbours.pending(serving) > 0);

                node.process().destroyForcibly();

                for (CompletableFuture<HttpResponse<String>> one : load) {
                    HttpResponse<String> answer = one.join();
                    assertThat(answer.statusCode()).as(answer.body()).isIn(502, 503);
                    assertThat(JSON.readTree(answer.body()).at("/error/message").asText())
                            .isNotEmpty();
                }
            }
            up(serving, 0, "a node that was killed is missed");
            HttpResponse<String> missed = serving.ask(question(name, 8));
            List<String> without = models(serving);
            try (Program.Running again = node(file, port)) {
                up(serving, 1, "a node that was started again is found");
                HttpResponse<String> back = serving.ask(question(name, 8));

                assertThat(missed.statusCode()).isEqualTo(503);
                JsonNode error = JSON.readTree(missed.body());
                assertThat(error.at("/error/code").asText()).isEqualTo("no_backend");
                assertThat(error.at("/error/context/rejections")).hasSize(1);
                assertThat(without).doesNotContain(name);
                assertThat(back.statusCode()).isEqualTo(200);
                assertThat(again.process().isAlive()).isTrue();
            }
            assertThat(serving.running().err()).doesNotContain("Exception");
        }
    }
}
