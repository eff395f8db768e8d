package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Status;
import io.llmnet.protocol.sse.FirstContent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request to one backend, from the connection to the last byte. Lives on the call's home thread, where all of its
 * methods but {@link #answer} run; so it needs no locks.
 */
final class Asking {
    private static final long AT_ONCE_NANOS = 1_000_000_000;
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence HOPS = HttpHeaders.createOptimized("x-llmnet-hops");
    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");

    private final HttpClient client;
    private final Address address;
    private final Ask ask;
    private final Speech speech;
    private final Patience patience;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private byte[] request = {};
    private RequestOptions target = new RequestOptions();
    private @Nullable HttpClientRequest wire;
    private Cancel.@Nullable Listening listening;
    private @Nullable Incoming stream;
    private boolean mayRepeat = true;
    private long sentNanos;
    private boolean over;

    Asking(Vertx vertx, HttpClient client, Address address, Ask ask) {
        this.client = client;
        this.address = address;
        this.ask = ask;
        this.speech = new Speech(address.backend().speaks(), ask);
        this.patience = new Patience(vertx, address.backend(), ask, this::failed);
    }

    CompletionStage<Answer> answer() {
        return answer;
    }

    void start() {
        listening = ask.cancel().onCancel(() -> ask.home().execute(this::callerLeft));
        if (over) {
            return;
        }
        try {
            request = speech.request();
            target = address.of(ask);
        } catch (ChatException e) {
            failed(e);
            return;
        } catch (RuntimeException e) {
            failed(nonsense(e));
            return;
        }
        patience.start();
        send();
    }

    private void send() {
        sentNanos = System.nanoTime();
        client.request(target, this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            failed(unreachable(connection.cause()));
            return;
        }
        HttpClientRequest made = connection.result();
        wire = made;
        // What goes wrong is told through the response; without a handler the client would log every caller who leaves.
        made.exceptionHandler(cause -> {});
        if (over) {
            made.reset();
            return;
        }
        made.putHeader(REQUEST_ID, ask.id());
        if (ask.hops() > 0) {
            made.putHeader(HOPS, Integer.toString(ask.hops()));
        }
        if (ask.traceparent() != null) {
            made.putHeader(TRACEPARENT, ask.traceparent());
        }
        made.response(this::responded);
        made.end(Buffer.buffer(request));
    }

    private void responded(AsyncResult<HttpClientResponse> outcome) {
        if (over) {
            return;
        }
        if (outcome.failed()) {
            notAnswered(outcome.cause());
            return;
        }
        HttpClientResponse response = outcome.result();
        patience.heard();
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        String contentType = type == null ? "" : type;
        if (response.statusCode() / 100 == 2 && speech.isStream(contentType)) {
            Incoming incoming = new Incoming(this, response, speech.translation(), patience);
            stream = incoming;
            incoming.hold();
        } else {
            new Gathered(this, response, contentType, patience).collect();
        }
    }

    /**
     * A pooled connection may be closed by the backend just as it is taken: then it has not begun to work, and is asked
     * once more. A close that comes later may have cost it a whole answer.
     */
    private void notAnswered(Throwable why) {
        boolean atOnce = System.nanoTime() - sentNanos < AT_ONCE_NANOS;
        if (why instanceof HttpClosedException && mayRepeat && atOnce) {
            mayRepeat = false;
            send();
            return;
        }
        failed(unreachable(why));
    }

    /** The whole body of an answer that is no stream. */
    void whole(HttpClientResponse response, String contentType, byte[] body) {
        if (over) {
            return;
        }
        // The connection is done with, and may be somebody else's already: from here on it is not to be closed.
        end();
        try {
            answer.complete(told(response, contentType, body));
        } catch (ChatException e) {
            answer.completeExceptionally(e);
        } catch (RuntimeException e) {
            answer.completeExceptionally(nonsense(e));
        }
    }

    /** A codec has met what nobody foresaw; whoever waits must hear of it. */
    ChatException nonsense(RuntimeException e) {
        return new ChatException(
                Fault.BACKEND_NONSENSE, "what model server " + backend() + " said could not be understood", e);
    }

    private Answer told(HttpClientResponse response, String contentType, byte[] body) {
        int said = response.statusCode();
        int status = said / 100 == 2 && FirstContent.isError(body) ? Status.of(body) : said;
        if (status / 100 == 2) {
            return Answer.of(status, "application/json", ByteStream.of(speech.whole(contentType, body)));
        }
        if (status >= 400) {
            Refusal error = speech.error(status, body, backend());
            return Answer.refusal(error.status(), ByteStream.of(error.body()), Advice.in(response.headers()));
        }
        throw new ChatException(
                Fault.BACKEND_NONSENSE,
                "model server " + backend() + " answered " + status + ", which is no answer; is its url right?");
    }

    /** The first content of a stream is here; the rest is read from {@code body}. */
    void streaming(ByteStream body) {
        answer.complete(Answer.of(200, "text/event-stream", body));
    }

    /** The connection has nothing more to give. */
    void end() {
        over = true;
        patience.end();
        if (listening != null) {
            listening.close();
        }
    }

    /** It went wrong; who reads hears of it, be it the reader of the stream or who waits for the answer. */
    void failed(ChatException why) {
        if (over) {
            return;
        }
        drop();
        tell(why);
    }

    /** The source has ended, but not well. Its connection may be somebody else's already, and is left alone. */
    void failedAtEnd(ChatException why) {
        if (over) {
            return;
        }
        end();
        tell(why);
    }

    /** What a stream that told of an error has failed of. */
    ChatException failure(byte[] error) {
        byte[] said = Redaction.of(error, backend().apiKey());
        return new ChatException(
                Fault.BACKEND_FAILED,
                "model server " + backend() + " failed while answering: "
                        + ErrorBody.message(said, backend().name()));
    }

    /** A stream that began with an error is no stream. */
    void refused(byte[] error) {
        drop();
        byte[] told = Redaction.of(error, backend().apiKey());
        answer.complete(Answer.of(Status.of(told), "application/json", ByteStream.of(told)));
    }

    /** Closes the connection, whatever its state. */
    void drop() {
        end();
        if (wire != null) {
            wire.reset();
        }
    }

    Backend backend() {
        return address.backend();
    }

    Ask ask() {
        return ask;
    }

    private void tell(ChatException why) {
        if (stream != null) {
            stream.broken(why);
        }
        answer.completeExceptionally(why);
    }

    private void callerLeft() {
        failed(new ChatException(Fault.CANCELLED, "the caller is gone"));
    }

    private ChatException unreachable(Throwable cause) {
        return new ChatException(
                Fault.BACKEND_UNREACHABLE,
                "model server " + backend() + " did not answer: " + Reasons.of(cause) + "; is it running?",
                cause);
    }
}
