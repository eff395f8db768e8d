package io.llmnet.runner;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Runner;
import io.llmnet.runner.process.Probe;
import io.llmnet.runner.process.ProgramLog;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that the pipelines in place need, and no others.
 *
 * <p>First each graph is {@link #placed}, which says where its programs will listen; then all that shall be served are
 * handed to {@link #sync}, at the start, and again whenever they change. Models of the same name that are served alike
 * share a program, and what stays as it was keeps its own. Blocks for as long as programs take to end; for any thread but
 * an event loop.
 */
public final class Runners implements AutoCloseable {
    private static final String LOOPBACK = "http://127.0.0.1:";

    /** What makes two models one program. */
    private record Key(String name, String id, Runner runner) {
        static Key of(Model model) {
            return new Key(model.name(), model.id(), Objects.requireNonNull(model.runner(), model.name()));
        }
    }

    /** By what a backend is known. */
    private record Spot(String name, URI url) {}

    private final Surroundings surroundings;
    private final Pace pace;
    private final Ports ports;
    private final Map<Key, Integer> given = new HashMap<>();
    private final Map<Key, Watched> running = new LinkedHashMap<>();
    private final Map<URI, Supervisor> ollamas = new LinkedHashMap<>();
    private Optional<URI> ollama = Optional.empty();
    private volatile Map<Spot, List<Standing>> standings = Map.of();

    public Runners(Surroundings surroundings) {
        this(surroundings, Pace.USUAL);
    }

    Runners(Surroundings surroundings, Pace pace) {
        this.surroundings = surroundings;
        this.pace = pace;
        this.ports = new Ports(surroundings.folder().resolve("run"), surroundings.reserved());
    }

    /** The pipeline with the places at which its programs will listen. Starts nothing. */
    public synchronized Graph placed(Graph graph) {
        Map<String, Model> models = new LinkedHashMap<>(graph.models());
        models.replaceAll((key, model) -> isFree(model) ? model.at(place(model)) : model);
        return models.equals(graph.models()) ? graph : graph.over(models);
    }

    private static boolean isFree(Model model) {
        Runner runner = model.runner();
        return runner != null && runner.isStarted() && runner.place() == Runner.Place.FREE;
    }

    private URI place(Model model) {
        Key key = Key.of(model);
        Runner.Kind kind = key.runner().kind();
        if (kind == Runner.Kind.OLLAMA) {
            URI one = ollama.orElseGet(this::ollamaPlace);
            ollama = Optional.of(one);
            return one;
        }
        return URI.create(LOOPBACK + given.computeIfAbsent(key, wanted -> ports.give(kind.port())));
    }

    /** Where an Ollama is already, else where ours shall be. */
    private URI ollamaPlace() {
        URI usual = URI.create(LOOPBACK + Runner.Kind.OLLAMA.port());
        return Probe.isWell(usual.resolve(Ollama.PROBE))
                ? usual
                : URI.create(LOOPBACK + ports.give(Runner.Kind.OLLAMA.port()));
    }

    /** Sees that exactly the programs of these pipelines run, which are placed; waits for what ends, not for what starts. */
    public synchronized void sync(Collection<Graph> graphs) {
        Map<Key, Model> wanted = new LinkedHashMap<>();
        Map<Key, String> pipelines = new HashMap<>();
        for (Graph graph : graphs) {
            graph.models().values().stream().filter(Model::isStarted).forEach(model -> {
                wanted.putIfAbsent(Key.of(model), model);
                pipelines.putIfAbsent(Key.of(model), graph.name());
            });
        }
        stopAllBut(wanted);
        wanted.forEach((key, model) -> running.computeIfAbsent(
                key, missing -> started(model, key.runner(), Objects.requireNonNull(pipelines.get(key)))));
        publish(wanted);
    }

    /** What has given up is stopped, too, so that it gets another chance. */
    private void stopAllBut(Map<Key, Model> wanted) {
        List<Watched> gone = new ArrayList<>();
        running.forEach((key, one) -> {
            if (!wanted.containsKey(key) || hasGivenUp(one)) {
                gone.add(one);
            }
        });
        Set<URI> places = new HashSet<>(wanted.values().stream().map(Model::url).toList());
        ollamas.forEach((place, server) -> {
            if (!places.contains(place) || hasGivenUp(server)) {
                gone.add(server);
            }
        });
        stop(gone);
        running.values().removeAll(gone);
        ollamas.values().removeAll(gone);
        given.keySet().removeIf(key -> {
            boolean isOver = !wanted.containsKey(key);
            Integer port = given.get(key);
            if (isOver && port != null) {
                ports.takeBack(port);
            }
            return isOver;
        });
        ollama.filter(place -> !places.contains(place)).ifPresent(place -> {
            ports.takeBack(place.getPort());
            ollama = Optional.empty();
        });
    }

    private static boolean hasGivenUp(Watched one) {
        return one.standing().state() == Standing.State.GIVEN_UP;
    }

    /** All at once, the last started first. */
    private static void stop(List<Watched> gone) {
        for (int last = gone.size() - 1; last >= 0; last--) {
            gone.get(last).tellToStop();
        }
        gone.forEach(Watched::awaitStopped);
    }

    private Watched started(Model model, Runner runner, String pipeline) {
        String source = runner.source() == null ? model.id() : runner.source();
        ProgramLog log = log(pipeline + "-" + model.name());
        Watched one = runner.kind() == Runner.Kind.OLLAMA
                ? new OllamaModel(model, runner, source, server(model, runner), surroundings, log)
                : new Supervisor(
                        model.name(),
                        model.url(),
                        runner.kind() == Runner.Kind.VLLM
                                ? new Vllm(model, runner, source, surroundings)
                                : new LlamaCpp(runner, source, surroundings),
                        () -> runner.place() == Runner.Place.FIXED && isTaken(model.url()),
                        runner.readyTimeout(),
                        log,
                        pace);
        one.start();
        return one;
    }

    private Supervisor server(Model model, Runner runner) {
        return ollamas.computeIfAbsent(model.url(), place -> {
            Supervisor server = new Supervisor(
                    "ollama",
                    place,
                    new Ollama(surroundings),
                    () -> isTaken(place),
                    runner.readyTimeout(),
                    log("ollama-" + place.getPort()),
                    pace);
            server.start();
            return server;
        });
    }

    private static boolean isTaken(URI place) {
        return Probe.isTaken(Recipe.host(place), place.getPort() < 0 ? 80 : place.getPort());
    }

    private ProgramLog log(String name) {
        String file = name.replaceAll("[^A-Za-z0-9._-]+", "-") + ".log";
        return new ProgramLog(surroundings.folder().resolve("logs").resolve(file));
    }

    private void publish(Map<Key, Model> wanted) {
        Map<Spot, List<Standing>> next = new HashMap<>();
        wanted.forEach((key, model) -> {
            List<Standing> here = next.computeIfAbsent(new Spot(model.name(), model.url()), spot -> new ArrayList<>());
            Optional.ofNullable(ollamas.get(model.url())).ifPresent(server -> here.add(server.standing()));
            here.add(Objects.requireNonNull(running.get(key)).standing());
        });
        standings = Map.copyOf(next);
    }

    /** How it stands with the backend of that name there; ready where it is none of ours. */
    Standing.State state(String name, URI url) {
        Map<Spot, List<Standing>> now = standings;
        return now.isEmpty()
                ? Standing.State.READY
                : now.getOrDefault(new Spot(name, url), List.of()).stream()
                        .map(Standing::state)
                        .min(Standing.State::compareTo)
                        .orElse(Standing.State.READY);
    }

    /** Ends all programs, and waits for that. */
    @Override
    public synchronized void close() {
        sync(List.of());
        ports.close();
    }
}
