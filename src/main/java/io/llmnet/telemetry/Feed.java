package io.llmnet.telemetry;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** One follower's connection: a line of JSON an event, as fast as the follower reads. */
final class Feed {
    private final HttpServerResponse response;
    private final Context context;
    private final Followers followers;
    private final Follower follower;
    private final AtomicBoolean woken = new AtomicBoolean();

    private Feed(Vertx vertx, HttpServerRequest request, Followers followers) {
        this.response = request.response();
        this.context = vertx.getOrCreateContext();
        this.followers = followers;
        this.follower =
                new Follower(request.getParam("pipeline"), !"false".equals(request.getParam("text")), this::wake);
    }

    static void open(Vertx vertx, HttpServerRequest request, Followers followers) {
        new Feed(vertx, request, followers).open();
    }

    private void open() {
        response.closeHandler(nothing -> followers.remove(follower));
        response.exceptionHandler(cause -> followers.remove(follower));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
        response.setChunked(true);
        response.drainHandler(nothing -> drain());
        followers.add(follower);
        response.write("{\"phase\":\"following\",\"text\":" + (followers.tellsText() && follower.wantsText()) + "}\n");
        if (response.closed()) {
            followers.remove(follower);
        }
    }

    /** From any thread; many events that come at once are one task. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(nothing -> {
                woken.set(false);
                drain();
            });
        }
    }

    private void drain() {
        while (!response.closed() && !response.writeQueueFull()) {
            String line = follower.next();
            if (line == null) {
                return;
            }
            response.write(line + "\n");
        }
    }
}
