package io.llmnet.runner;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A machine on which ollama, vllm and llama-server are there, or what stands in for them; and what they were told.
 *
 * @param folder where all of it is
 */
record StandIns(Path folder) {
    private static final Path SCRIPT = Path.of("src/test/resources/runner/stand-in.py");
    private static final Pace PACE =
            new Pace(Duration.ofMillis(10), Duration.ofMillis(40), 3, Duration.ofMinutes(1), Duration.ofSeconds(1));

    /** Puts a program on the path. */
    StandIns with(String program, String... faults) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path file = Files.writeString(bin.resolve(program), """
                #!/bin/sh
                export TOLD='%s' FAULTS='%s'
                exec python3 '%s' %s "$@"
                """.formatted(
                        told(), String.join(",", faults), SCRIPT.toAbsolutePath(), program));
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot be made a program: " + file);
        }
        return this;
    }

    /** The programs of this machine. */
    Runners runners(String... variables) {
        return new Runners(surroundings(variables), PACE);
    }

    Surroundings surroundings(String... variables) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("HOME", folder.toString());
        for (int at = 0; at < variables.length; at += 2) {
            environment.put(variables[at], variables[at + 1]);
        }
        return new Surroundings(folder.resolve("home"), environment::get, List.of("/nowhere/llmnet"), Set.of());
    }

    /** A model file, whose path it gives. */
    String gguf() throws IOException {
        return Files.writeString(folder.resolve("m.gguf"), "GGUF").toString();
    }

    private Path told() {
        return folder.resolve("told.txt");
    }

    /** What programs were told, and told of themselves, in lines. */
    List<String> lines() {
        try {
            return Files.exists(told()) ? Files.readAllLines(told()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers in the lines that begin so, such as the process ids. */
    List<Long> numbers(String start) {
        return lines().stream()
                .filter(line -> line.startsWith(start + " "))
                .map(line -> Long.valueOf(line.substring(start.length() + 1)))
                .toList();
    }

    /** Lets slow programs go on. */
    void go() throws IOException {
        Files.createFile(folder.resolve("told.txt.go"));
    }

    /** A pipeline over these models, each in YAML. */
    static Graph graph(String name, String... models) {
        String yaml = "models:\n  " + String.join("\n  ", models) + "\narchitecture: [{name: chat, model: "
                + models[0].split(":", 2)[0] + "}]\n";
        return Compositions.read(name + ".yaml", yaml, variable -> null).graph().orElseThrow();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
