package io.llmnet.http;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Spoken;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one caller the outcome: whole or as it comes, good or bad. All on the request's event loop.
 *
 * <p>Nothing is sent before there is something to say, so that a failure keeps its status; but who waits for a stream gets
 * a sign of life every few seconds, and from then on a failure is told within the stream.
 */
final class Reply implements ByteStream.Reader {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reply.class);
    private static final Buffer PING = Buffer.buffer(": ping\n\n");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence ACCEL = HttpHeaders.createOptimized("x-accel-buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");
    private static final CharSequence TRACE = HttpHeaders.createOptimized("x-llmnet-trace");

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Call call;
    private final long signOfLifeMillis;
    private final IntConsumer done;
    private @Nullable ByteStream body;
    private long timer = -1;
    private boolean over;

    /**
     * The reply to a call.
     *
     * @param signOfLife how long who waits for a stream may hear nothing
     * @param done told the status once all is said
     */
    Reply(Vertx vertx, HttpServerResponse response, Call call, Duration signOfLife, IntConsumer done) {
        this.vertx = vertx;
        this.response = response;
        this.call = call;
        this.signOfLifeMillis = signOfLife.toMillis();
        this.done = done;
    }

    /** The caller may leave from now on, and must not wait in silence. */
    void await() {
        response.closeHandler(nothing -> callerLeft());
        response.exceptionHandler(cause -> callerLeft());
        if (call.stream()) {
            timer = vertx.setPeriodic(signOfLifeMillis, id -> signOfLife());
        }
        if (response.closed()) {
            callerLeft();
        }
    }

    void tell(@Nullable Answer answer, @Nullable Throwable failure) {
        if (over) {
            if (answer != null) {
                answer.body().cancel();
            }
            return;
        }
        if (answer == null) {
            fail(known(failure));
        } else if (answer.isEventStream()) {
            stream(answer);
        } else {
            answer.body().whole().whenComplete((bytes, broken) -> told(answer, bytes, broken));
        }
    }

    /** An answer may turn out to be nonsense only when it is told, and that must be told too. */
    private void told(Answer answer, byte @Nullable [] bytes, @Nullable Throwable broken) {
        try {
            if (bytes == null) {
                fail(known(broken));
            } else {
                whole(answer, bytes);
            }
        } catch (RuntimeException e) {
            fail(known(e));
        }
    }

    /** Tells a failure: as an HTTP error while that is possible, else as the stream's last event. */
    void fail(ChatException why) {
        if (over) {
            return;
        }
        if (response.headWritten()) {
            end(Buffer.buffer(ErrorBody.event(why)), why.fault().status());
            return;
        }
        if (why.fault() == Fault.BUSY || why.fault() == Fault.RATE_LIMITED || why.fault() == Fault.MODEL_STARTING) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        why.details().headers().forEach(response::putHeader);
        json(why.fault().status(), ErrorBody.of(why));
    }

    private void whole(Answer answer, byte[] bytes) {
        if (over) {
            return;
        }
        if (response.headWritten()) {
            end(answer.isOk() ? events(bytes) : Buffer.buffer(Spoken.errorEvent(bytes)), answer.status());
            return;
        }
        if (call.stream() && answer.isOk()) {
            Buffer events = events(bytes);
            besides(answer);
            eventHead();
            end(events, answer.status());
        } else {
            besides(answer);
            json(answer.status(), bytes);
        }
    }

    /** A whole answer for who wanted a stream. */
    private Buffer events(byte[] answer) {
        return Buffer.buffer(
                call.dialect() == Call.Dialect.CHAT
                        ? Spoken.asStream(answer, call.includeUsage())
                        : Spoken.asOneEvent(answer));
    }

    private void stream(Answer answer) {
        body = answer.body();
        if (response.headWritten()) {
            response.write(Buffer.buffer(": trace " + Trace.header(answer.trace()) + "\n\n"));
        } else {
            besides(answer);
            eventHead();
        }
        stopSigns();
        response.drainHandler(nothing -> answer.body().resume());
        answer.body().read(this);
    }

    @Override
    public void bytes(byte[] chunk) {
        if (over) {
            return;
        }
        response.write(Buffer.buffer(chunk));
        if (response.writeQueueFull() && body != null) {
            body.pause();
        }
    }

    @Override
    public void end() {
        if (!over) {
            finish(200);
            response.end();
        }
    }

    @Override
    public void failed(ChatException why) {
        fail(why);
    }

    private void signOfLife() {
        if (over) {
            return;
        }
        if (!response.headWritten()) {
            eventHead();
        }
        response.write(PING);
    }

    private void eventHead() {
        response.setStatusCode(200);
        response.putHeader(HttpHeaders.CONTENT_TYPE, EVENTS);
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        response.putHeader(ACCEL, NO);
        response.setChunked(true);
    }

    /** What goes into the head beside the body's own type. */
    private void besides(Answer answer) {
        answer.headers().forEach(response::putHeader);
        if (!answer.trace().isEmpty()) {
            response.putHeader(TRACE, Trace.header(answer.trace()));
        }
    }

    private void json(int status, byte[] bytes) {
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        end(Buffer.buffer(bytes), status);
    }

    private void end(Buffer last, int status) {
        finish(status);
        response.end(last);
    }

    private void callerLeft() {
        if (over) {
            return;
        }
        over = true;
        stopSigns();
        call.cancel().cancel();
        if (body != null) {
            body.cancel();
        }
        // Cancelling puts what was used so far on the bill, at home too: counted after that.
        call.home().execute(() -> done.accept(Fault.CANCELLED.status()));
    }

    private void finish(int status) {
        over = true;
        stopSigns();
        done.accept(status);
    }

    private void stopSigns() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private ChatException known(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ChatException chat) {
            return chat;
        }
        LOGGER.error("request={} failed in a way that nobody foresaw", call.id(), cause);
        return new ChatException(
                Fault.INTERNAL, "the server failed in a way that nobody foresaw; its log tells more", cause);
    }
}
