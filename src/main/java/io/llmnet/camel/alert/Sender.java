package io.llmnet.camel.alert;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one server one alert's texts, in order, one at a time, and never makes anybody wait.
 *
 * <p>A text is sent once the other side's socket has taken it. One that could not be sent stays the oldest, and after a pause
 * all is tried anew. Texts may be offered from any thread; everything else happens on one event loop.
 */
final class Sender {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sender.class);

    private final Vertx vertx;
    private final Context loop;
    private final String alert;
    private final Buffer buffer;
    private final Counts counts;
    private final Line line;
    private final Pace pace;
    private final BackOff backOff;
    private final Supplier<Delivery> way;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final Promise<Void> finished = Promise.promise();
    private boolean isBusy;
    private boolean isDown;
    private boolean isFinishing;
    private long dropped;

    /**
     * A sender that has nothing to tell yet.
     *
     * @param alert the alert's name and its pipeline's, for the log
     * @param way which way texts go now
     */
    Sender(
            Vertx vertx,
            String alert,
            Buffer buffer,
            Counts counts,
            Line line,
            Pace pace,
            BackOff backOff,
            Supplier<Delivery> way) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.alert = alert;
        this.buffer = buffer;
        this.counts = counts;
        this.line = line;
        this.pace = pace;
        this.backOff = backOff;
        this.way = way;
    }

    /** Takes a text to be sent; returns at once. */
    void offer(String text) {
        int gone = buffer.add(Buffer.Message.of(text));
        if (gone > 0 || isWoken.compareAndSet(false, true)) {
            loop.runOnContext(nothing -> {
                isWoken.set(false);
                drop(gone);
                next();
            });
        }
    }

    /** The socket to write to, while a text is being sent. */
    WebSocket socket() {
        WebSocket open = line.socket();
        if (open == null) {
            throw new IllegalStateException("there is no connection to " + line.name());
        }
        return open;
    }

    /** Ends once all has been sent, or cannot be, or the grace is over; what is left then is dropped. */
    Future<Void> finish() {
        loop.runOnContext(nothing -> {
            isFinishing = true;
            if (isDown || (!isBusy && buffer.size() == 0)) {
                end();
            } else {
                vertx.setTimer(pace.grace().toMillis(), id -> end());
            }
        });
        return finished.future();
    }

    /** How many texts wait. */
    int waiting() {
        return buffer.size();
    }

    private void next() {
        if (isBusy || buffer.size() == 0 || finished.future().isComplete()) {
            return;
        }
        isBusy = true;
        line.open()
                .timeout(2 * pace.connect().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(opened -> {
                    Buffer.Message message = opened.succeeded() ? buffer.take() : null;
                    if (message == null) {
                        settled(opened.cause());
                        return;
                    }
                    way.get()
                            .send(this, message.text())
                            .timeout(pace.send().toMillis(), TimeUnit.MILLISECONDS)
                            .onComplete(sent -> sent(message, sent.cause()));
                });
    }

    private void sent(Buffer.Message message, @Nullable Throwable failure) {
        if (failure == null) {
            counts.sent();
            succeeded();
        } else if (!buffer.putBack(message)) {
            drop(1);
        }
        settled(failure);
    }

    private void settled(@Nullable Throwable failure) {
        isBusy = false;
        if (failure != null) {
            failed(failure);
        } else if (isFinishing && buffer.size() == 0) {
            end();
        } else {
            // Not called at once: where nothing has to wait, a thousand texts would be a thousand calls deep.
            loop.runOnContext(nothing -> next());
        }
    }

    private void succeeded() {
        backOff.reset();
        if (isDown) {
            LOGGER.info("alert={} reaches {} again", alert, line.name());
        }
        isDown = false;
        if (dropped > 0 && buffer.size() == 0) {
            LOGGER.warn("alert={} has told {} all that waited, but for {} dropped", alert, line.name(), dropped);
            dropped = 0;
        }
    }

    private void failed(Throwable failure) {
        line.cut();
        if (!isDown) {
            LOGGER.warn(
                    "alert={} cannot be told to {}: {}; alerts wait, and it is tried again and again",
                    alert,
                    line.name(),
                    reason(failure));
        }
        isDown = true;
        if (isFinishing) {
            end();
            return;
        }
        isBusy = true;
        vertx.setTimer(backOff.nextMillis(), id -> {
            isBusy = false;
            next();
        });
    }

    private void drop(int count) {
        if (count > 0) {
            counts.dropped(count);
            if (dropped == 0) {
                LOGGER.warn("alert={} has too many waiting for {}; the oldest are dropped", alert, line.name());
            }
            dropped += count;
        }
    }

    private void end() {
        if (finished.future().isComplete()) {
            return;
        }
        int left = buffer.clear();
        if (left > 0) {
            counts.dropped(left);
            LOGGER.warn("alert={} ends, and {} alerts for {} were not sent", alert, left, line.name());
        }
        line.close();
        finished.complete();
    }

    /** The innermost reason, which names what is wrong; never what was sent. */
    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }
}
