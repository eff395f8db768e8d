package io.llmnet.cache.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers in a Redis, under {@code llmnet:answer:} and the key; Redis forgets them. All go over one connection, one
 * after the other, without waiting for each other's replies.
 *
 * <p>A Redis that is down or slow has nothing, and one that is full takes nothing: that is told once, and it is tried again
 * after a pause. Nobody waits longer than a quarter of a second for what it has, and nobody at all for what it is given.
 */
public final class RedisStore implements Store {
    static final String PREFIX = "llmnet:answer:";

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisStore.class);
    private static final long READ_MILLIS = 250;
    private static final long WRITE_MILLIS = 1000;
    private static final int CONNECT_MILLIS = 1000;
    private static final int MOST_WAITING = 10_000;

    private final Vertx vertx;
    private final RedisOptions options;
    private final String place;
    private final Pauses reading;
    private final Pauses writing;
    private final LongAdder failures = new LongAdder();
    private @Nullable Line line;
    private boolean isClosed;

    /** A client that has this one connection, or will have it; null where its address cannot be read. */
    private record Line(@Nullable Redis client, Future<RedisConnection> connection) {}

    /**
     * Of a server, which is not asked for anything yet.
     *
     * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} over TLS
     * @param nanoTime the clock of pauses
     */
    public RedisStore(Vertx vertx, String url, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.options = new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(1)
                .setMaxWaitingHandlers(MOST_WAITING)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setHostnameVerificationAlgorithm("HTTPS"));
        this.place = place(url);
        this.reading = new Pauses(nanoTime);
        this.writing = new Pauses(nanoTime);
    }

    @Override
    public CompletionStage<Optional<Kept>> read(String key) {
        CompletableFuture<Optional<Kept>> found = new CompletableFuture<>();
        if (!reading.isOver()) {
            found.complete(Optional.empty());
            return found;
        }
        send(Request.cmd(Command.GET).arg(PREFIX + key), READ_MILLIS, reading, "read")
                .onComplete(reply -> found.complete(reply.succeeded() ? kept(reply.result()) : Optional.empty()));
        return found;
    }

    @Override
    public CompletionStage<Void> write(String key, Kept kept, Duration ttl) {
        CompletableFuture<Void> there = new CompletableFuture<>();
        if (!writing.isOver()) {
            there.complete(null);
            return there;
        }
        Request set = Request.cmd(Command.SET)
                .arg(PREFIX + key)
                .arg(Buffer.buffer(KeptForm.bytes(kept)))
                .arg("PX")
                .arg(Math.max(1, ttl.toMillis()));
        send(set, WRITE_MILLIS, writing, "written").onComplete(reply -> there.complete(null));
        return there;
    }

    /** Who finds it connecting does not wait until that has failed. */
    private Future<Response> send(Request request, long millis, Pauses pauses, String what) {
        Line now = line();
        return now == null
                ? Future.failedFuture("closed")
                : now.connection()
                        .timeout(millis, TimeUnit.MILLISECONDS)
                        .compose(connection -> connection
                                .send(request)
                                .timeout(millis, TimeUnit.MILLISECONDS)
                                .onSuccess(reply -> well(pauses, what))
                                .onFailure(why -> failed(now, pauses, what, why)));
    }

    private static Optional<Kept> kept(@Nullable Response reply) {
        return reply == null ? Optional.empty() : KeptForm.kept(reply.toBytes());
    }

    /** Null once it is closed. */
    private @Nullable Line line() {
        Line fresh;
        synchronized (this) {
            if (isClosed || line != null) {
                return isClosed ? null : line;
            }
            fresh = connect();
            line = fresh;
        }
        fresh.connection().onSuccess(connection -> watch(fresh, connection)).onFailure(why -> unreachable(fresh, why));
        return fresh;
    }

    private Line connect() {
        try {
            Redis client = Redis.createClient(vertx, options);
            return new Line(client, client.connect().timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (RuntimeException unreadable) {
            return new Line(null, Future.failedFuture(unreadable));
        }
    }

    private void watch(Line fresh, RedisConnection connection) {
        connection.exceptionHandler(why -> drop(fresh));
        connection.endHandler(nothing -> drop(fresh));
    }

    /** The next who comes connects anew. */
    private void drop(Line gone) {
        synchronized (this) {
            if (gone.equals(line)) {
                line = null;
            }
        }
        if (gone.client() != null) {
            gone.client().close();
        }
    }

    private void well(Pauses pauses, String what) {
        if (pauses.end()) {
            LOGGER.info("answers are {} again redis={}", what, place);
        }
    }

    /** One that takes nothing may still be read; one that says nothing is left. */
    private void failed(Line used, Pauses pauses, String what, Throwable why) {
        failures.increment();
        if (pauses.begin()) {
            LOGGER.warn("answers cannot be {}, and are asked for instead redis={} why={}", what, place, text(why));
        }
        if (why instanceof TimeoutException) {
            drop(used); // there may be another by now, which is well
        }
    }

    private void unreachable(Line fresh, Throwable why) {
        failures.increment();
        boolean isRead = reading.begin();
        boolean isWritten = writing.begin();
        if (isRead || isWritten) {
            LOGGER.warn("the store of answers is out of reach, and all is asked for redis={} why={}", place, text(why));
        }
        drop(fresh);
    }

    private static String text(Throwable why) {
        if (why instanceof TimeoutException) {
            return "no reply in time";
        }
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }

    /** Where it is, without the password that the address may hold. */
    private static String place(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException unreadable) {
            return "?";
        }
    }

    @Override
    public long entries() {
        return 0;
    }

    @Override
    public long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        Line last;
        synchronized (this) {
            isClosed = true;
            last = line;
        }
        if (last != null) {
            drop(last);
        }
    }
}
