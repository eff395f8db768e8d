package io.llmnet.http.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.http.Body;
import io.llmnet.http.Home;
import io.llmnet.http.Limits;
import io.llmnet.pool.Inference;
import io.llmnet.pool.Pool;
import io.llmnet.pool.Query;
import io.llmnet.protocol.openai.ErrorBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code POST /v1/infer}. To be called on the request's event loop. */
public final class Infer implements Consumer<HttpServerRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Infer.class);

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final Pool pool;
    private final Limits limits;
    private final boolean isNative;
    private final AtomicInteger active = new AtomicInteger();

    private Infer(Vertx vertx, Pool pool, Limits limits, boolean isNative) {
        this.vertx = vertx;
        this.pool = pool;
        this.limits = limits;
        this.isNative = isNative;
    }

    /** Beside OpenAI's endpoints, whose errors it shares. */
    public static Infer amongOthers(Vertx vertx, Pool pool, Limits limits) {
        return new Infer(vertx, pool, limits, false);
    }

    /** As LLM Pool's clients know it: errors are their message in plain text, unless a client accepts JSON. */
    static Infer asLlmPool(Vertx vertx, Pool pool, Limits limits) {
        return new Infer(vertx, pool, limits, true);
    }

    /** Requests that are worked on. */
    int active() {
        return active.get();
    }

    @Override
    public void accept(HttpServerRequest request) {
        new Asked(request).begin();
    }

    /** One request. */
    private final class Asked {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final Cancel cancel = new Cancel();
        private boolean isOver;
        private boolean isLast;
        private boolean isCounted;

        Asked(HttpServerRequest request) {
            this.request = request;
            this.response = request.response();
        }

        void begin() {
            if (isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
                Body.read(request, limits.body().toBytes(), this::read, this::refuse);
            } else {
                refuse(new ChatException(
                        Fault.UNSUPPORTED_MEDIA, "Expected request with `Content-Type: application/json`"));
            }
        }

        /** From here on it counts: a body that does not come takes nobody's place. */
        private void read(byte[] body) {
            isCounted = true;
            boolean isBusy = active.incrementAndGet() > limits.concurrent();
            response.closeHandler(nothing -> left());
            response.exceptionHandler(nothing -> left());
            try {
                if (isBusy) {
                    throw new ChatException(
                            Fault.BUSY,
                            "the server works on " + limits.concurrent() + " requests already; try again in a moment");
                }
                Home home = new Home(vertx.getOrCreateContext());
                Query query = InferForm.read(body, request::getHeader, cancel, home);
                pool.infer(query).whenComplete((inference, failure) -> home.execute(() -> tell(inference, failure)));
            } catch (RuntimeException e) {
                refuse(known(e));
            }
        }

        private void tell(@Nullable Inference inference, @Nullable Throwable failure) {
            if (inference == null) {
                refuse(known(failure));
            } else if (!isOver) {
                InferText.headers(inference).forEach(response::putHeader);
                send(200, JSON, InferText.of(inference));
            }
        }

        private void refuse(ChatException why) {
            if (isOver) {
                return;
            }
            why.details().headers().forEach(response::putHeader);
            if (why.fault() == Fault.BUSY || why.fault() == Fault.RATE_LIMITED) {
                response.putHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            if (why.fault() == Fault.BODY_TOO_LARGE && request.version() != HttpVersion.HTTP_2) {
                isLast = true; // the rest of the body is not worth reading
                response.putHeader(HttpHeaders.CONNECTION, "close");
            }
            if (isNative && !accepts(request.getHeader(HttpHeaders.ACCEPT))) {
                send(why.fault().status(), TEXT, why.text().getBytes(UTF_8));
            } else {
                send(why.fault().status(), JSON, ErrorBody.of(why));
            }
        }

        private void send(int status, String type, byte[] body) {
            isOver = true;
            response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
            response.end(Buffer.buffer(body)).onComplete(sent -> {
                uncount();
                if (isLast) {
                    request.connection().close();
                }
            });
        }

        private void left() {
            if (!isOver) {
                isOver = true;
                uncount();
                cancel.cancel();
            }
        }

        private void uncount() {
            if (isCounted) {
                isCounted = false;
                active.decrementAndGet();
            }
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /** Who takes anything has not asked for JSON. */
    private static boolean accepts(@Nullable String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(JSON);
    }

    private static ChatException known(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ChatException chat) {
            return chat;
        }
        LOGGER.error("a task failed in a way that nobody foresaw", cause);
        return new ChatException(Fault.INTERNAL, "the server failed; its log tells more", cause);
    }
}
