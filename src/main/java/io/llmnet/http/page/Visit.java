package io.llmnet.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ErrorBody;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request for a page, and the ways to answer it. Lives on the request's event loop.
 *
 * @param rest of the path behind the page's own, decoded; empty where the page is at one path only
 */
record Visit(HttpServerRequest request, String rest, Site site) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Visit.class);

    @Nullable
    String param(String name) {
        return request.getParam(name);
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    void show(JsonNode page) {
        show(200, page);
    }

    void show(int status, JsonNode page) {
        send(status, Json.bytes(page));
    }

    void refuse(ChatException why) {
        send(why.fault().status(), ErrorBody.of(why));
    }

    void send(int status, byte[] json) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(json));
    }

    /** Does what may throw, and tells the caller if it does. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (ChatException why) {
            refuse(why);
        } catch (RuntimeException bug) {
            LOGGER.error("path={} failed", request.path(), bug);
            refuse(new ChatException(Fault.INTERNAL, "the server failed; its log tells more", bug));
        }
    }

    /** Hands on the body as it is. */
    void body(Consumer<byte[]> whole) {
        site.bodies().read(request, body -> guard(() -> whole.accept(body)), this::refuse);
    }

    /** Hands on what comes later, on this request's event loop. */
    <T> void later(CompletionStage<T> stage, Consumer<T> come) {
        Context home = Vertx.currentContext();
        stage.whenComplete((value, failure) -> {
            Runnable told = () -> guard(() -> {
                if (failure != null) {
                    throw reason(failure);
                }
                come.accept(value);
            });
            if (home == null) {
                told.run();
            } else {
                home.runOnContext(nothing -> told.run());
            }
        });
    }

    private static RuntimeException reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
