package io.llmnet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What hooks call: {@code /validate} does what the validator of the calculator's guide does, {@code /upper} turns
 * {@code text} into capitals, {@code /fail} fails, {@code /hang} never answers, {@code /log} only listens. The model
 * behind {@code /v1} can multiply, and double; asked to do it wrongly, it is one off.
 */
public final class FakeFunctions implements AutoCloseable {
    private static final Pattern PRODUCT = Pattern.compile("(\\d+)\\s*\\*\\s*(\\d+)");
    private static final Pattern RESULT = Pattern.compile("\"?result\"?\\s*:\\s*(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private FakeFunctions() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** One that listens. */
    public static FakeFunctions start() {
        return new FakeFunctions();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** What was sent to it, path and body, models left out. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** What of that has a text in it. */
    public List<String> heard(String text) {
        return heard.stream().filter(one -> one.contains(text)).toList();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request, String body) {
        if (request.path().equals("/v1/chat/completions")) {
            request.response().putHeader("content-type", "application/json").end(completion(new JsonObject(body)));
            return;
        }
        heard.add(request.path() + " " + body);
        switch (request.path()) {
            case "/validate" -> validate(request, new JsonObject(body));
            case "/upper" -> {
                String text = new JsonObject(body).getString("text");
                request.response()
                        .end(new JsonArray()
                                .add(text.toUpperCase(Locale.ROOT))
                                .encode()
                                .replaceAll("^\\[|]$", ""));
            }
            case "/fail" -> request.response().setStatusCode(500).end(body);
            case "/hang" -> {}
            default -> request.response().end();
        }
    }

    private static void validate(HttpServerRequest request, JsonObject asked) {
        Double said = result(asked.getString("result", ""));
        Integer expected = expected(asked.getString("expression", ""));
        if (said != null && expected != null && Math.abs(said - expected) < 0.01) {
            request.response()
                    .end(new JsonObject().put("result", said.intValue()).encode());
        } else {
            String error = "Math error: expected " + expected + ", got " + said;
            request.response()
                    .setStatusCode(400)
                    .end(new JsonObject().put("error", error).encode());
        }
    }

    private static @Nullable Double result(String text) {
        try {
            return new JsonObject(text).getDouble("result");
        } catch (DecodeException notJson) {
            Matcher number = NUMBER.matcher(text);
            return number.find() ? Double.valueOf(number.group(1)) : null;
        }
    }

    private static @Nullable Integer expected(String expression) {
        Matcher product = PRODUCT.matcher(expression);
        if (product.find()) {
            return Integer.parseInt(product.group(1)) * Integer.parseInt(product.group(2));
        }
        Matcher result = RESULT.matcher(expression);
        return result.find() ? 2 * Integer.parseInt(result.group(1)) : null;
    }

    private static String completion(JsonObject asked) {
        JsonArray messages = asked.getJsonArray("messages");
        String text = messages.getJsonObject(messages.size() - 1).getString("content");
        Integer right = expected(text);
        int said = right == null ? 0 : right + (text.contains("wrong") ? 1 : 0);
        JsonObject message = new JsonObject().put("role", "assistant").put("content", "{\"result\": " + said + "}");
        return new JsonObject()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 1)
                .put("model", asked.getString("model"))
                .put(
                        "choices",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("index", 0)
                                        .put("message", message)
                                        .put("finish_reason", "stop")))
                .put(
                        "usage",
                        new JsonObject()
                                .put("prompt_tokens", 3)
                                .put("completion_tokens", 2)
                                .put("total_tokens", 5))
                .encode();
    }
}
