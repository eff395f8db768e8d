package io.llmnet.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.Faulty;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Backends that can be put out of order, and gateways that are told of them by a settings file in the same folder. */
final class Neighbours implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "llmnet.yaml";

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final List<Faulty> backends = new ArrayList<>();

    /** So many that are well and have the model {@code m}. */
    Neighbours(Path folder, int count) {
        this.folder = folder;
        for (int i = 0; i < count; i++) {
            backends.add(Faulty.start(vertx, "m"));
        }
    }

    Vertx vertx() {
        return vertx;
    }

    List<Faulty> all() {
        return backends;
    }

    Faulty get(int index) {
        return backends.get(index);
    }

    /** A backend of the settings: {@code b0} and so on, with what else is said of it. */
    String listed(int index, String more) {
        return listed(index, backends.get(index).url(), more);
    }

    static String listed(int index, URI url, String more) {
        return "  - {name: b%d, url: %s, %s}%n".formatted(index, url, more);
    }

    /** Writes the settings: of nobody but those who are listed. */
    void write(String settings, String... listed) {
        try {
            Path next = Files.writeString(
                    folder.resolve(FILE + ".next"),
                    settings.replace("discovery: {", "discovery: {machine: false, mdns: false, ") + "backends:\n"
                            + String.join("", listed));
            Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A gateway that goes by the settings. */
    Serving serve() {
        return Serving.start(Program.in(folder).withJava("-Xmx256m"), "serve", "--port", "0", "-c", FILE);
    }

    /** What {@code GET /v1/backends} says of each. */
    static JsonNode told(Serving serving) {
        try {
            return JSON.readTree(serving.get("/v1/backends").body()).path("backends");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many are well. */
    static int up(Serving serving) {
        int up = 0;
        for (JsonNode backend : told(serving)) {
            up += backend.path("status").asText().equalsIgnoreCase("healthy") ? 1 : 0;
        }
        return up;
    }

    /** Requests that all of them work on, as the gateway thinks. */
    static int pending(Serving serving) {
        int pending = 0;
        for (JsonNode backend : told(serving)) {
            pending += backend.path("pending_requests").asInt();
        }
        return pending;
    }

    /** Requests whose end somebody still waits for, as the backends think. */
    int answering() {
        return backends.stream().mapToInt(Faulty::answering).sum();
    }

    @Override
    public void close() {
        backends.forEach(Faulty::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
