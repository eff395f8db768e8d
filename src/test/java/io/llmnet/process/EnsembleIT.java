package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.Crowd;
import io.llmnet.FaultMode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles of the settings, asked as models, while their members fail in every way. */
class EnsembleIT {
    private static final String QUICK = """
            discovery: {sweep: 100ms, every: 200ms, timeout: 1s, failures: 1, recoveries: 1}
            """;
    private static final String THREE =
            "[{name: x, model: m, backend: b0}, {name: y, model: m, backend: b1}, {name: z, model: m, backend: b2}]";

    @TempDir
    private Path folder;

    private Neighbours neighbours = new Neighbours(Path.of(""), 0);

    @BeforeEach
    void begin() {
        neighbours.close();
        neighbours = new Neighbours(folder, 3);
    }

    @AfterEach
    void end() {
        neighbours.close();
    }

    private void write(String ensembles) {
        neighbours.write(
                QUICK + "ensembles:\n" + ensembles.replace("THREE", THREE),
                neighbours.listed(0, "kind: generic"),
                neighbours.listed(1, "kind: generic"),
                neighbours.listed(2, "kind: generic"));
    }

    private Serving serve(String ensembles) {
        write(ensembles);
        Serving serving = neighbours.serve();
        Serving.until(() -> Neighbours.up(serving) == 3);
        return serving;
    }

    private static HttpResponse<String> ask(Serving serving, String model, String says) {
        return serving.ask("{'model':'" + model + "','messages':[{'role':'user','content':'" + says + "'}]}");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void aMajorityAnswersWhateverBecomesOfTheThird() {
        try (Serving serving = serve("  council: {strategy: voting, models: THREE}\n")) {
            CompletableFuture<Crowd.Tally> crowd =
                    Crowd.begin(neighbours.vertx(), serving.root(), Crowd.Habits.usual("council", 400, 20, 1));
            List<FaultMode> faults = List.of(
                    FaultMode.REFUSE,
                    FaultMode.HANG,
                    FaultMode.status(500),
                    FaultMode.NO_JSON,
                    FaultMode.cutAfter(20),
                    FaultMode.OK);
            for (int i = 0; !crowd.isDone(); i++) {
                neighbours.get(2).mode(faults.get(i % faults.size()));
                long asked = neighbours.get(0).requests();
                Serving.until(() -> crowd.isDone() || neighbours.get(0).requests() > asked + 20);
            }

            Crowd.Tally tally = crowd.join();

            assertThat(tally.failures()).isEmpty();
            assertThat(tally.ok() + tally.left()).isEqualTo(400);
            neighbours.get(2).mode(FaultMode.OK);
            Serving.until(() -> neighbours.answering() == 0);
        }
    }

    @Test
    void aRaceStreamsFromWhoeverBeginsFirstAndClosesTheOthers() {
        try (Serving serving = serve("  race: {strategy: fastest, hedge-after: 50ms, models: THREE}\n")) {
            neighbours.get(0).mode(FaultMode.HANG);

            HttpResponse<String> answer = serving.ask(
                    "{'model':'race','stream':true,'messages':[{'role':'user','content':'say 5 every 5'}]}");

            assertThat(answer.body()).contains("w5").endsWith("data: [DONE]\n\n");
            assertThat(header(answer, "x-llmnet-strategy")).isEqualTo("fastest");
            assertThat(header(answer, "x-llmnet-seat")).isIn("y", "z");
            Serving.until(() -> neighbours.answering() == 0);
        }
    }

    @Test
    void whereTooFewAgreeTheScoreIsTold() {
        try (Serving serving = serve("  strict: {strategy: consensus, models: THREE}\n")) {
            neighbours.get(1).mode(FaultMode.SPLIT_UTF8);

            HttpResponse<String> answer = ask(serving, "strict", "say 5");

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("no_agreement");
            assertThat(header(answer, "x-llmnet-agreement-score")).isEqualTo("0.667");
        }
    }

    @Test
    void whereTheJudgeTalksNonsenseTheMajorityDecides() {
        try (Serving serving = serve("  jury: {strategy: judge, judge: m, models: THREE}\n")) {
            neighbours.get(1).mode(FaultMode.SPLIT_UTF8);

            HttpResponse<String> answer = ask(serving, "jury", "say 5");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("w1 w2 w3 w4 w5");
            assertThat(header(answer, "x-llmnet-strategy")).isEqualTo("voting");
        }
    }

    @Test
    void whereNobodyAnswersInTimeThatIsToldAndNobodyIsKeptWaiting() {
        try (Serving serving = serve("  council: {strategy: voting, deadline: 700ms, models: THREE}\n")) {
            neighbours.all().forEach(backend -> backend.mode(FaultMode.slow(60_000)));

            HttpResponse<String> answer = ask(serving, "council", "say 5");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("\"code\":\"timeout\"");
            Serving.until(() -> neighbours.answering() == 0);
        }
    }

    @Test
    void aChangeOfTheSettingsCountsAtOnceAndAMistakeChangesNothing() {
        try (Serving serving = serve("  council: {strategy: voting, models: THREE}\n")) {
            assertThat(header(ask(serving, "council", "say 3"), "x-llmnet-strategy"))
                    .isEqualTo("voting");

            write("  council: {strategy: weighted, models: THREE}\n");
            Serving.until(() -> header(ask(serving, "council", "say 3"), "x-llmnet-strategy")
                    .equals("weighted"));
            write("  council: {strategy: guessing, models: THREE}\n");
            Serving.until(() -> serving.running().err().contains("guessing")
                    || serving.running().out().contains("guessing"));

            assertThat(header(ask(serving, "council", "say 3"), "x-llmnet-strategy"))
                    .isEqualTo("weighted");
        }
    }
}
