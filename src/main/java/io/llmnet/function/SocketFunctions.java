package io.llmnet.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;
import io.llmnet.protocol.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends one message over a WebSocket; the first answer is the output, if somebody waits for one. */
final class SocketFunctions implements AutoCloseable {
    private static final String FAILED = "WebSocket call failed: ";

    private final WebSocketClient client;

    SocketFunctions(Vertx vertx) {
        client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(Output.MOST_BYTES).setMaxMessageSize(Output.MOST_BYTES));
    }

    void call(Function.Socket socket, Variables variables, boolean isHeard, Pending pending) {
        WebSocketConnectOptions options;
        try {
            options = new WebSocketConnectOptions();
            options.setAbsoluteURI(Headers.url(socket.url(), variables));
            options.setHeaders(Headers.filled(socket.headers(), variables));
        } catch (VertxException | IllegalArgumentException e) {
            pending.fail(FAILED + "its url or one of its headers cannot be sent");
            return;
        }
        String message = socket.message() == null
                ? standard(variables)
                : socket.message().fill(variables);
        client.connect(options)
                .onSuccess(opened -> talk(opened, message, isHeard, pending))
                .onFailure(why -> pending.fail(FAILED + Reasons.of(why)));
    }

    /** What is said where the file does not say it. */
    private static String standard(Variables variables) {
        ObjectNode told = Json.object();
        for (String name : List.of("REQUEST_ID", "NODE", "INPUT", "OUTPUT")) {
            told.put(name.toLowerCase(Locale.ROOT), variables.valueOf(name));
        }
        return Json.text(told);
    }

    private static void talk(WebSocket socket, String message, boolean isHeard, Pending pending) {
        pending.holds(socket::close);
        if (pending.isOver()) {
            return;
        }
        socket.exceptionHandler(why -> pending.fail(FAILED + Reasons.of(why)));
        if (isHeard) {
            socket.closeHandler(closed -> pending.bring(Optional.empty()));
            socket.textMessageHandler(answer -> {
                pending.bring(Output.ofAny(answer.getBytes(StandardCharsets.UTF_8)));
                socket.close();
            });
        }
        socket.writeTextMessage(message)
                .onSuccess(sent -> {
                    if (!isHeard) {
                        pending.bring(Optional.empty());
                        socket.close();
                    }
                })
                .onFailure(why -> pending.fail(FAILED + Reasons.of(why)));
    }

    @Override
    public void close() {
        client.close();
    }
}
