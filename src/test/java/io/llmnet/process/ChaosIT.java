package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.Crowd;
import io.llmnet.FaultMode;
import io.llmnet.Faulty;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nine of ten backends go out of order and come back, again and again and in every way that there is, while hundreds ask at
 * once. As long as one is well, nobody may notice. Prints what it cost.
 */
class ChaosIT {
    private static final Pattern TROUBLE = Pattern.compile("Exception|\\bERROR\\b|\\tat io\\.|nobody foresaw");
    private static final int BACKENDS = 10;
    private static final int CALLS = 3000;
    private static final int AT_ONCE = 300;
    private static final long FAULT_NANOS = 40_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void nothingIsLostWhileOneIsWell(long seed) {
        try (Neighbours neighbours = new Neighbours(folder, BACKENDS)) {
            try (Serving serving = serve(neighbours)) {
                Serving.until(() -> Neighbours.up(serving) == BACKENDS);
                long start = System.nanoTime();
                CompletableFuture<Crowd.Tally> crowd =
                        Crowd.begin(neighbours.vertx(), serving.root(), Crowd.Habits.usual("m", CALLS, AT_ONCE, seed));
                int faults = faults(seed, neighbours, crowd);
                Crowd.Tally tally = crowd.join();
                double seconds = (System.nanoTime() - start) / 1e9;
                neighbours.all().forEach(backend -> backend.mode(FaultMode.OK));
                System.out.printf(
                        "seed %d: %d calls in %.1f s, %d faults, %d times asked; %d whole (%d of them uncounted), %d left, %d"
                                + " failed%n",
                        seed,
                        CALLS,
                        seconds,
                        faults,
                        neighbours.all().stream().mapToInt(Faulty::requests).sum(),
                        tally.ok(),
                        tally.uncounted(),
                        tally.left(),
                        tally.failures().size());

                assertThat(tally.failures()).isEmpty();
                assertThat(tally.uncounted()).isLessThan(CALLS / 20);
                Serving.until(() -> neighbours.answering() == 0);
                Serving.until(() -> Neighbours.pending(serving) == 0);
                Serving.until(() -> Neighbours.up(serving) == BACKENDS);
                assertThat(serving.running().out() + serving.running().err()).doesNotContainPattern(TROUBLE);
            }
            Serving.until(() -> neighbours.all().stream().allMatch(backend -> backend.connections() == 0));
        }
    }

    /** All can go on where another broke off, but for some of the fickle. What has failed often is asked all the same. */
    private static Serving serve(Neighbours neighbours) {
        neighbours.write(
                """
                deadline: 20s
                discovery: {sweep: 250ms, every: 500ms, timeout: 1s, recoveries: 1}
                timeouts: {first-byte: 4s, idle: 3s}
                breaker: {open: 500ms}
                quality: {min-samples: 1000000}
                queue: {size: 1000, wait: 20s}
                """,
                IntStream.range(0, BACKENDS)
                        .mapToObj(i -> neighbours.listed(
                                i, "max-concurrent: 40, kind: %s".formatted(i % 3 == 1 ? "generic" : "llamacpp")))
                        .toArray(String[]::new));
        return neighbours.serve();
    }

    /** Until all have called: now this one and now that one is put out of order, or in order again; the last is spared. */
    private static int faults(long seed, Neighbours neighbours, CompletableFuture<?> crowd) {
        SplittableRandom random = new SplittableRandom(seed);
        int faults = 0;
        while (!crowd.isDone()) {
            neighbours.get(random.nextInt(BACKENDS - 1)).mode(any(random));
            faults++;
            LockSupport.parkNanos(FAULT_NANOS);
        }
        return faults;
    }

    private static FaultMode any(SplittableRandom random) {
        return switch (random.nextInt(15)) {
            case 0 -> FaultMode.REFUSE;
            case 1 -> FaultMode.HANG;
            case 2 -> FaultMode.GARBAGE;
            case 3 -> FaultMode.NO_JSON;
            case 4 -> FaultMode.WRONG_TYPE;
            case 5 -> FaultMode.EMPTY_STREAM;
            case 6 -> FaultMode.SPLIT_UTF8;
            case 7 -> FaultMode.slow(random.nextInt(3000));
            case 8 -> FaultMode.drip(1);
            case 9 -> FaultMode.cutAfter(random.nextInt(-1, 2000));
            case 10 -> FaultMode.status(new int[] {401, 404, 408, 429, 500, 502, 503}[random.nextInt(7)]);
            case 11 -> FaultMode.errorAfter(random.nextInt(6));
            default -> FaultMode.OK;
        };
    }
}
