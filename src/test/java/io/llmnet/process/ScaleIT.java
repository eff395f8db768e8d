package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of pipelines in one folder. Prints how long they take, and how long an answer takes beside a server of one. */
class ScaleIT {
    private static final int MANY = 5000;
    private static final int CALLS = 300;

    @TempDir
    Path folder = Path.of("");

    @Test
    void fiveThousandPipelinesAnswerAsOneDoes() throws IOException {
        try (FakeBackend backend = FakeBackend.start()) {
            write("one", 1, backend.url());
            write("many", MANY, backend.url());
            List<String> trace = new ArrayList<>();
            double alone;
            try (Serving one = Serving.start(Program.in(folder).withJava("-Xmx1g"), "run", "--port", "0", "one")) {
                alone = microseconds(one, 1);
            }
            long start = System.nanoTime();
            try (Serving many = Serving.start(Program.in(folder).withJava("-Xmx1g"), "run", "--port", "0", "many")) {
                double seconds = (System.nanoTime() - start) / 1e9;
                for (int number : new int[] {0, 499, 500, 2500, MANY - 1}) {
                    trace.add(trace(ask(many, number)));
                }
                double among = microseconds(many, MANY);
                System.out.printf(
                        "%d pipelines are served after %.1f s; an answer takes %.2f times that of one%n",
                        MANY, seconds, among / alone);
                assertThat(many.get("/status").body()).contains("\"pipelines\":" + MANY);
            }
            assertThat(trace)
                    .containsExactly(
                            "router0, last", "router2, last", "router3, last", "router1, last", "router1, last");
        }
    }

    private void write(String name, int count, URI backend) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        for (int number = 0; number < count; number++) {
            Files.writeString(target.resolve("p%04d.yaml".formatted(number)), """
                    models: {m: {url: %s, model: ok}}
                    architecture:
                      - {name: router%d, layer: 0, model: m, output-to: [1]}
                      - {name: other, layer: 1, model: m, if: $WORD_COUNT > 50, output-to: [out]}
                      - {name: last, layer: 1, model: m, if: $WORD_COUNT <= 50, output-to: [out]}
                      - {name: out, adapter: output}
                    """.formatted(backend, number % 7));
        }
    }

    /** The mean over calls to pipelines spread over all, when warm. */
    private static double microseconds(Serving serving, int count) {
        for (int call = 0; call < CALLS; call++) {
            ask(serving, call % count);
        }
        long start = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            ask(serving, (call * 16) % count);
        }
        return (System.nanoTime() - start) / 1e3 / CALLS;
    }

    private static HttpResponse<String> ask(Serving serving, int number) {
        HttpResponse<String> answer =
                serving.ask("{'model':'p%04d','messages':[{'role':'user','content':'hello'}]}".formatted(number));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static String trace(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-llmnet-trace").orElse("");
    }
}
