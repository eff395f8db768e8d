package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;

/** A hundred changes a second for ten seconds, under load. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class StormTest {
    private static final int FILES = 20;
    private static final int CHANGES = 1000;
    private static final int CALLERS = 4;
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final Caller caller = Caller.ofServer();
    private final SplittableRandom random = new SplittableRandom(7);

    @Inject
    CamelContext camel;

    @Test
    void failsNoRequestAndLeavesNothing() throws IOException {
        for (int file = 0; file < FILES; file++) {
            write(file, 0);
        }
        Eventually.holds("all are there", () -> stormy(caller.get("/v1/models").body()) == FILES);
        Eventually.holds("all have routes", () -> routes("storm-").size() >= FILES);
        int routes = camel.getRoutes().size();
        int endpoints = camel.getEndpoints().size();
        int threads = Thread.activeCount();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            callers.add(CompletableFuture.runAsync(() -> ask(over, answered, failures)));
        }

        long next = System.nanoTime();
        for (int change = 1; change <= CHANGES; change++) {
            write(random.nextInt(FILES), change);
            next += BETWEEN.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
        over.set(true);
        callers.forEach(CompletableFuture::join);
        for (int file = 0; file < FILES; file++) {
            write(file, 0);
        }

        assertThat(failures).isEmpty();
        assertThat(answered).hasValueGreaterThan(CALLERS);
        System.out.printf("%d changes, %d answers, none failed%n", CHANGES, answered.get());
        Eventually.holds("as many routes as before", () -> camel.getRoutes().size() == routes);
        Eventually.holds(
                "as many endpoints as before", () -> camel.getEndpoints().size() <= endpoints);
        Eventually.holds("no more threads than before", () -> Thread.activeCount() <= threads + CALLERS);
        for (int file = 0; file < FILES; file++) {
            Files.delete(file(file));
        }
        Eventually.holds("all are gone", () -> stormy(caller.get("/v1/models").body()) == 0);
        Eventually.holds("their routes are gone", () -> routes("storm-").isEmpty());
    }

    private void ask(AtomicBoolean over, AtomicInteger answered, Queue<String> failures) {
        for (int turn = 0; !over.get(); turn++) {
            String model = "storm-" + turn % FILES;
            HttpResponse<String> answer = caller.chat(question(model, "hello"));
            if (answer.statusCode() == 200 && content(answer).equals("ok heard hello")) {
                answered.incrementAndGet();
            } else {
                failures.add(model + " " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private static Path file(int number) {
        return Served.live().resolve("storm-" + number + ".yaml");
    }

    /** Another version: every third has another shape. */
    private static void write(int number, int change) throws IOException {
        String ask = "models: {m: {url: '" + Served.backend().url() + "', model: ok}}\n# version " + change + "\n";
        String text = change % 3 == 1
                ? ask
                        + "architecture:\n- {name: router, layer: 0, model: m, output-to: [1]}\n- {name: chat, layer: 1, model: m}\n"
                : ask + "architecture: [{name: chat, layer: 0, model: m}]\n";
        Path aside = Files.writeString(Files.createTempFile(Served.live(), ".storm", ".tmp"), text);
        Files.move(aside, file(number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int stormy(String models) {
        return models.split("storm-", -1).length - 1;
    }

    private List<String> routes(String prefix) {
        return camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> id.startsWith(prefix))
                .toList();
    }
}
