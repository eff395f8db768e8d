package io.llmnet.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A model server whose streams stop after their first piece until the test lets them go on. It refuses who asks for
 * {@code refusal}, repeating the key in what it says, as some servers do.
 */
final class StagedModel implements AutoCloseable {
    private static final String FIRST = chunk("{\"role\":\"assistant\",\"content\":\"first\"}", "null");
    private static final String LAST =
            chunk("{\"content\":\" last\"}", "null") + chunk("{}", "\"stop\"") + "data: [DONE]\n\n";
    private static final String WHOLE =
            "{\"id\":\"w\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"staged\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch curtain = new CountDownLatch(1);

    private StagedModel(HttpServer server) {
        this.server = server;
    }

    static StagedModel start() throws IOException {
        StagedModel model =
                new StagedModel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        model.server.setExecutor(model.threads);
        model.server.createContext("/", model::answer);
        model.server.start();
        return model;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets streams go on to their end. */
    void goOn() {
        curtain.countDown();
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (asked.contains("refusal")) {
                String key = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
                send(exchange, 401, "{\"error\":{\"message\":\"Incorrect API key provided: " + key + "\"}}");
            } else if (asked.contains("\"stream\":true")) {
                stream(exchange);
            } else {
                send(exchange, 200, WHOLE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(FIRST.getBytes(UTF_8));
        out.flush();
        if (curtain.await(60, TimeUnit.SECONDS)) {
            out.write(LAST.getBytes(UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, json.length());
        exchange.getResponseBody().write(json.getBytes(UTF_8));
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"s\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"staged\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }
}
