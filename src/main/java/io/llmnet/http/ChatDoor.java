package io.llmnet.http;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.http.page.Names;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Head;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenAI's chat completions, its older completions, and its embeddings: the hot path. */
final class ChatDoor {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChatDoor.class);

    private final Vertx vertx;
    private final Entries entries;
    private final Limits limits;
    private final Counters counters;

    ChatDoor(Vertx vertx, Entries entries, Limits limits, Counters counters) {
        this.vertx = vertx;
        this.entries = entries;
        this.limits = limits;
        this.counters = counters;
    }

    void handle(HttpServerRequest request, Call.Dialect dialect, String id) {
        Body.read(
                request,
                limits.body().toBytes(),
                body -> received(request, dialect, id, body),
                refused -> refuse(request, refused));
    }

    private void received(HttpServerRequest request, Call.Dialect dialect, String id, byte[] body) {
        Call call;
        Entry entry;
        try {
            refuseIfBusy();
            Head head = Head.read(body, dialect);
            entry = entry(head);
            call = call(request, dialect, id, body, head);
        } catch (ChatException e) {
            refuse(request, e);
            return;
        } catch (RuntimeException e) {
            LOGGER.error("request={} could not be read", id, e);
            refuse(request, new ChatException(Fault.INTERNAL, "the server failed; its log tells more", e));
            return;
        }
        counters.begin();
        long start = System.nanoTime();
        Reply reply = new Reply(
                vertx,
                request.response(),
                call,
                limits.signOfLife(),
                status -> counters.end(
                        entry.name(),
                        status,
                        System.nanoTime() - start,
                        call.tab().total()));
        reply.await();
        asked(entry, call).whenComplete((answer, failure) -> call.home().execute(() -> reply.tell(answer, failure)));
    }

    private void refuseIfBusy() {
        if (counters.active() >= limits.concurrent()) {
            throw new ChatException(
                    Fault.BUSY,
                    "the server works on " + limits.concurrent() + " requests already; try again in a moment");
        }
    }

    private CompletionStage<Answer> asked(Entry entry, Call call) {
        try {
            if (call.dialect() == Call.Dialect.EMBEDDINGS && !entry.takesEmbeddings()) {
                throw ChatException.in(
                        "model",
                        Fault.BAD_REQUEST,
                        "`" + entry.name() + "` is a pipeline, which makes no vectors; name an embedding model");
            }
            return call.dialect() == Call.Dialect.COMPLETIONS && !entry.takesCompletions()
                    ? OldCompletions.ask(entry, call)
                    : entry.ask(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Entry entry(Head head) {
        Entry entry = entries.named(head.model());
        if (entry != null) {
            return entry;
        }
        String known = Names.some(entries.names());
        throw ChatException.in(
                "model",
                Fault.MODEL_NOT_FOUND,
                head.model() == null
                        ? "no model is named, and there are several; name one of " + known
                        : "the model `" + Names.shown(head.model()) + "` does not exist; use one of " + known);
    }

    private Call call(HttpServerRequest request, Call.Dialect dialect, String id, byte[] body, Head head) {
        long now = System.nanoTime();
        return new Call(
                id,
                dialect,
                head.model(),
                head.modelAt(),
                head.stream(),
                head.includeUsage(),
                body,
                request::getHeader,
                Deadline.in(Timeout.of(request.getHeader(Timeout.HEADER), limits.deadline()), now),
                new Cancel(),
                new Tab(),
                new Home(vertx.getOrCreateContext()),
                head.demand());
    }

    private void refuse(HttpServerRequest request, ChatException why) {
        HttpServerResponse response = request.response();
        response.setStatusCode(why.fault().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (why.fault() == Fault.BUSY) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (why.fault() == Fault.BODY_TOO_LARGE && request.version() != HttpVersion.HTTP_2) {
            // The rest of the body is not worth reading; over HTTP/2 the connection is others' as well.
            response.putHeader(HttpHeaders.CONNECTION, "close");
            response.end(Buffer.buffer(ErrorBody.of(why)))
                    .onComplete(sent -> request.connection().close());
            return;
        }
        response.end(Buffer.buffer(ErrorBody.of(why)));
    }
}
