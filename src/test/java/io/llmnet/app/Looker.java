package io.llmnet.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;

/** Looks into the running server, over its management port. */
final class Looker {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Looker() {}

    static HttpResponse<String> get(String path, String... headers) {
        return CLIENT.sendAsync(request(path, headers), BodyHandlers.ofString()).join();
    }

    static JsonNode json(String path) {
        return Caller.json(get(path).body());
    }

    /** Follows requests; the result is what was told so far, and closed it follows no more. */
    static Following follow(String query) {
        InputStream lines = CLIENT.sendAsync(request("/trace?" + query), BodyHandlers.ofInputStream())
                .join()
                .body();
        Following following = new Following(lines, new CopyOnWriteArrayList<>());
        Thread reader = new Thread(following::read, "follower");
        reader.setDaemon(true);
        reader.start();
        Eventually.holds("the server has us", () -> !following.events().isEmpty());
        return following;
    }

    /** A trace that is followed. */
    record Following(InputStream lines, List<JsonNode> events) implements AutoCloseable {
        private void read() {
            try (var reader =
                    new java.io.BufferedReader(new java.io.InputStreamReader(lines, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    events.add(Caller.json(line));
                }
            } catch (IOException closed) {
                // By the test: it has seen enough.
            }
        }

        /** The phases of a request with their nodes, such as {@code ask:router}. */
        List<String> phases(String request) {
            return of(request).stream()
                    .map(event -> event.path("phase").asText()
                            + (event.has("node") ? ":" + event.path("node").asText() : ""))
                    .toList();
        }

        List<JsonNode> of(String request) {
            return events.stream()
                    .filter(event -> event.path("request").asText().equals(request))
                    .toList();
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static HttpRequest request(String path, String... headers) {
        String root = ConfigProvider.getConfig()
                .getValue("test.management.url", String.class)
                .replaceAll("(/q)?/?$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
