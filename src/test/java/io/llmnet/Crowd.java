package io.llmnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many callers at once, who read what they get to the letter: each asks a {@link Faulty} model, by whatever is in between, for
 * numbered words, and wants each of them once, in order, with a proper end. Some want streams, some offer tools, some leave
 * after the first word.
 */
public final class Crowd {
    private final Vertx vertx;
    private final URI root;
    private final Habits habits;
    private final HttpClient client;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ok = new AtomicInteger();
    private final AtomicInteger uncounted = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Tally> end = new CompletableFuture<>();
    private final AtomicInteger over = new AtomicInteger();

    /**
     * What they do.
     *
     * @param model the one that all ask for
     * @param calls how many there are
     * @param atOnce how many ask at the same time
     * @param words of the longest answer; each asks for 1 to so many
     * @param millis between two events of a stream
     * @param streams the share that wants streams, from 0 to 1
     * @param tools the share that offers tools
     * @param leavers the share of streams that is left after the first word
     * @param patience for one answer
     * @param seed of who does what
     */
    public record Habits(
            String model,
            int calls,
            int atOnce,
            int words,
            int millis,
            double streams,
            double tools,
            double leavers,
            Duration patience,
            long seed) {
        /** Half of them streams, a few with tools, a few that leave. */
        public static Habits usual(String model, int calls, int atOnce, long seed) {
            return new Habits(model, calls, atOnce, 30, 1, 0.5, 0.1, 0.1, Duration.ofSeconds(60), seed);
        }
    }

    /**
     * What came of it.
     *
     * @param ok answers that were whole
     * @param uncounted those of them that came without a usage
     * @param left streams that were left, as they were to be
     * @param failures what was wrong with each of the others
     */
    public record Tally(int ok, int uncounted, int left, List<String> failures) {
        public Tally {
            failures = List.copyOf(failures);
        }

        /** The failures, each kind once and how often it was. */
        public String kinds() {
            TreeMap<String, Integer> kinds = new TreeMap<>();
            failures.forEach(failure -> kinds.merge(failure.replaceAll("\\d+", "#"), 1, Integer::sum));
            return kinds.toString();
        }
    }

    private Crowd(Vertx vertx, URI root, Habits habits) {
        this.vertx = vertx;
        this.root = root;
        this.habits = habits;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(habits.atOnce()));
    }

    /** Lets them all call, and waits for the last. */
    public static Tally call(Vertx vertx, URI root, Habits habits) {
        return begin(vertx, root, habits).join();
    }

    /** The same without waiting. */
    public static CompletableFuture<Tally> begin(Vertx vertx, URI root, Habits habits) {
        Crowd crowd = new Crowd(vertx, root, habits);
        for (int i = 0; i < Math.min(habits.atOnce(), habits.calls()); i++) {
            crowd.next();
        }
        long atMost = habits.patience().toMillis() * (habits.calls() / habits.atOnce() + 2L);
        return crowd.end.orTimeout(atMost, TimeUnit.MILLISECONDS).whenComplete((tally, failed) -> crowd.client.close());
    }

    private void next() {
        int number = begun.getAndIncrement();
        if (number < habits.calls()) {
            call(number);
        }
    }

    private void call(int number) {
        SplittableRandom random = new SplittableRandom(habits.seed() * 1_000_003 + number);
        int words = 1 + random.nextInt(habits.words());
        boolean isStream = random.nextDouble() < habits.streams();
        boolean offersTools = random.nextDouble() < habits.tools();
        boolean leaves = isStream && random.nextDouble() < habits.leavers();
        String body =
                "{\"model\":\"" + habits.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"call " + number
                        + ": say " + words + (habits.millis() > 0 ? " every " + habits.millis() : "") + "\"}]"
                        + (isStream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "")
                        + (offersTools
                                ? ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}]"
                                : "")
                        + "}";
        CrowdCall call = new CrowdCall(words, isStream, leaves, ended -> over(number, ended));
        long timer =
                vertx.setTimer(habits.patience().toMillis(), id -> call.failed("no end within " + habits.patience()));
        call.onEnd(() -> vertx.cancelTimer(timer));
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(root.resolve("/v1/chat/completions").toString())
                .putHeader("content-type", "application/json");
        client.request(to)
                .onFailure(failed -> call.failed("cannot connect: " + failed.getMessage()))
                .onSuccess(request -> call.send(request, body.getBytes(UTF_8)));
    }

    private void over(int number, CrowdCall.End how) {
        switch (how.kind()) {
            case OK -> ok.incrementAndGet();
            case UNCOUNTED -> {
                ok.incrementAndGet();
                uncounted.incrementAndGet();
            }
            case LEFT -> left.incrementAndGet();
            case FAILED -> failures.add("call " + number + ": " + how.text());
        }
        if (over.incrementAndGet() == habits.calls()) {
            end.complete(new Tally(ok.get(), uncounted.get(), left.get(), new ArrayList<>(failures)));
        } else {
            next();
        }
    }
}
