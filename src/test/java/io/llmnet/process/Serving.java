package io.llmnet.process;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that runs as a process of its own and listens. JSON is asked with single quotes.
 *
 * @param running the process
 * @param root where it said that it listens
 */
record Serving(Program.Running running, URI root) implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("(http://\\S+:\\d+)/v1");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 10_000_000;

    /** Starts one and waits until it says where it listens. */
    static Serving start(Program program, String... arguments) {
        Program.Running running = program.start(arguments);
        until(() -> LISTENS.matcher(running.err() + running.out()).find()
                || !running.process().isAlive());
        Matcher said = LISTENS.matcher(running.err() + running.out());
        if (!said.find()) {
            throw new AssertionError("does not serve; it said:\n" + running.out() + running.err());
        }
        return new Serving(running, URI.create(said.group(1)));
    }

    /** Waits for it, a minute at most. */
    static void until(BooleanSupplier wish) {
        long start = System.nanoTime();
        while (!wish.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError("waited in vain");
            }
            // not spinning: the process that is waited for wants the core
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    HttpResponse<String> get(String path) {
        return CLIENT.sendAsync(request(path).build(), BodyHandlers.ofString()).join();
    }

    /** Asks over a connection of its own, of that version if the server will. */
    HttpResponse<String> ask(HttpClient.Version version, String body) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        return client.sendAsync(chat(body).build(), BodyHandlers.ofString()).join();
    }

    HttpResponse<String> ask(String body) {
        return CLIENT.sendAsync(chat(body).build(), BodyHandlers.ofString()).join();
    }

    /** Asks with a header. */
    HttpResponse<String> ask(String body, String header, String value) {
        return CLIENT.sendAsync(chat(body).header(header, value).build(), BodyHandlers.ofString())
                .join();
    }

    /** Asks and does not wait; cancelled, it leaves. */
    CompletableFuture<HttpResponse<String>> askLater(String body) {
        return CLIENT.sendAsync(chat(body).build(), BodyHandlers.ofString());
    }

    /** Asks for a stream, which begins to come. */
    HttpResponse<InputStream> stream(String body) {
        return CLIENT.sendAsync(chat(body).build(), BodyHandlers.ofInputStream())
                .join();
    }

    /** Tells it to end, as {@code kill} does. */
    void terminate() {
        running.process().destroy();
    }

    @Override
    public void close() {
        terminate();
        running.code();
    }

    private HttpRequest.Builder chat(String body) {
        return request("/v1/chat/completions")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(LONGEST);
    }
}
