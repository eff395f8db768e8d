package io.llmnet.quickstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A node without a model: healthy at once, or gone at once when its model is called bad. */
final class FakeNode {
    private FakeNode() {}

    public static void main(String... arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.get(words.indexOf("--model-path") + 1).endsWith("bad.gguf")) {
            System.out.println("bad.gguf is no model");
            System.exit(1);
        }
        int port = Integer.parseInt(words.get(words.indexOf("--port") + 1));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
