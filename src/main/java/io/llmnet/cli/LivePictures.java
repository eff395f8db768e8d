package io.llmnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.pipeline.draw.Picture;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a running server tells of its pipelines: what they are, and what happened at each node. */
final class LivePictures {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI management;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    LivePictures(URI management) {
        this.management = management;
    }

    /** The pipeline of that name, as it is there; empty when it serves none of that name. */
    Optional<Picture> of(String name) {
        String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        HttpResponse<String> response = get("/pipelines/" + path + "/graph");
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(picture(json(response)));
    }

    /** The names of all that it serves. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        json(get("/pipelines")).path("pipelines").forEach(name -> names.add(name.asText()));
        return names;
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
                .timeout(PATIENCE)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CommandException("no server answers at " + management + "; is it running?", unreachable);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", told);
        }
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            if (response.statusCode() == OK) {
                return new ObjectMapper().readTree(response.body());
            }
        } catch (JsonProcessingException notJson) {
            throw new CommandException(noPictures(), notJson);
        }
        throw new CommandException(noPictures());
    }

    private String noPictures() {
        return "what answers at " + management + " tells of no pipelines; name the management port of a server of this"
                + " version with --server";
    }

    private static Picture picture(JsonNode told) {
        Map<String, Picture.Box> boxes = new LinkedHashMap<>();
        Map<String, String> conditions = new LinkedHashMap<>();
        for (JsonNode node : told.path("nodes")) {
            String name = node.path("name").asText();
            boxes.put(name, box(name, node));
            String condition = text(node, "condition");
            conditions.put(name, condition == null ? "" : condition);
        }
        List<Picture.Line> lines = new ArrayList<>();
        for (JsonNode edge : told.path("edges")) {
            String from = edge.path("from").asText();
            String to = edge.path("to").asText();
            boolean isAlert = edge.path("alert").asBoolean();
            boolean isConditional = isAlert || isOneOfSeveral(told, from);
            String label = isConditional ? conditions.getOrDefault(to, "") : "";
            lines.add(new Picture.Line(
                    from, to, label, isAlert, edge.path("chosen").asLong()));
        }
        return new Picture(told.path("name").asText(), told.path("entry").asText(), boxes, lines);
    }

    private static boolean isOneOfSeveral(JsonNode told, String from) {
        int count = 0;
        for (JsonNode edge : told.path("edges")) {
            boolean leads = edge.path("from").asText().equals(from)
                    && !edge.path("alert").asBoolean();
            count += leads ? 1 : 0;
        }
        return count > 1;
    }

    private static Picture.Box box(String name, JsonNode node) {
        Picture.Kind kind = switch (node.path("role").asText().toLowerCase(Locale.ROOT)) {
            case "output" -> Picture.Kind.OUTPUT;
            case "alert" -> Picture.Kind.ALERT;
            default -> Picture.Kind.MODEL;
        };
        Picture.Counts counts = new Picture.Counts(
                node.path("entered").asLong(),
                node.path("failed").asLong(),
                node.path("in_flight").asLong(),
                node.path("mean_ms").asDouble());
        boolean fansOut = node.path("fan_out").asBoolean();
        return new Picture.Box(name, kind, text(node, "model"), text(node, "use_case"), fansOut, "", counts);
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.path(key).isTextual() ? node.path(key).asText() : null;
    }
}
