package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.quickstart.Household;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers that run on this machine, for commands that look into one: each keeps a small file in the user's folder while
 * it runs. What a server that was killed has left behind is passed over, and cleared away.
 */
public final class Servers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public Servers(Household household) {
        this.folder = household.folder().resolve("run");
    }

    /** Tells that a server runs, until the result is closed. */
    public AutoCloseable announce(Running server) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(server.root().getPort() + ".json");
        Path written = Files.writeString(folder.resolve(server.pid() + ".new"), json(server));
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        return () -> withdraw(file, server.pid());
    }

    /** All that run now. */
    public List<Running> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Running> found = new ArrayList<>();
        for (Path file : files()) {
            Optional<Running> server = read(file);
            if (server.filter(Running::isAlive).isPresent()) {
                found.add(server.get());
            } else {
                server.ifPresent(gone -> withdraw(file, gone.pid()));
            }
        }
        return found;
    }

    /**
     * Where to look into a server.
     *
     * @param named as the user named it, be it where callers reach it or where it can be looked into; null for the only one
     * @throws CommandException when there is none, or more than one to choose from
     */
    public URI management(@Nullable String named) {
        List<Running> all = all();
        if (named != null) {
            URI place = place(named);
            return all.stream()
                    .filter(server -> server.isAt(place))
                    .findFirst()
                    .map(Running::management)
                    .orElse(place);
        }
        if (all.isEmpty()) {
            throw new CommandException("no server runs on this machine; start one, or name one with --server");
        }
        if (all.size() > 1) {
            throw new CommandException("several servers run on this machine; name one with --server: "
                    + all.stream().map(server -> server.root().toString()).collect(Collectors.joining(", ")));
        }
        return all.get(0).management();
    }

    private static URI place(String named) {
        try {
            URI place = URI.create(named.contains("://") ? named : "http://" + named);
            if (place.getHost() != null) {
                return place;
            }
        } catch (IllegalArgumentException malformed) {
            throw new CommandException(notAnAddress(named), malformed);
        }
        throw new CommandException(notAnAddress(named));
    }

    private static String notAnAddress(String named) {
        return "--server " + named + " is no address; write it as http://127.0.0.1:8080";
    }

    private List<Path> files() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new CommandException("cannot list " + folder + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static String json(Running server) {
        ObjectNode json = JSON.createObjectNode();
        json.put("pid", server.pid());
        json.put("url", server.root().toString());
        json.put("management", server.management().toString());
        server.pipelines().forEach(json.putArray("pipelines")::add);
        return json.toString();
    }

    /** A server's file; empty where it is none of ours, or half of one. */
    private static Optional<Running> read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            List<String> pipelines = new ArrayList<>();
            json.path("pipelines").forEach(name -> pipelines.add(name.asText()));
            return Optional.of(new Running(
                    json.path("pid").asLong(),
                    URI.create(json.path("url").asText()),
                    URI.create(json.path("management").asText()),
                    pipelines));
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Removes a file, unless it has become another server's. */
    private static void withdraw(Path file, long pid) {
        try {
            if (read(file).filter(server -> server.pid() == pid).isPresent()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            // Who reads it next sees that nobody is behind it.
        }
    }
}
