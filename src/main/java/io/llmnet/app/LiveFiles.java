package io.llmnet.app;

import io.llmnet.camel.Deployments;
import io.llmnet.camel.UserRoutes;
import io.llmnet.camel.alert.Alerts;
import io.llmnet.folder.Change;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.folder.RouteFiles;
import io.llmnet.folder.Watch;
import io.llmnet.http.Listeners;
import io.llmnet.pipeline.Graph;
import io.llmnet.runner.Runners;
import io.llmnet.secret.SecretStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the pipelines and routes in place to what their files say, and keeps them there. */
final class LiveFiles implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveFiles.class);
    private static final String ROUTES = "routes";

    private final PipelineFiles pipelines;
    private final SecretStore secrets;
    private final Runners runners;
    /** Waits for programs to end, while files go on being watched. */
    private final ExecutorService sync = Executors.newSingleThreadExecutor(LiveFiles::daemon);

    private final RouteFiles routes;
    private final Deployments deployments;
    private final UserRoutes userRoutes;
    private final Alerts alerts;
    private final Listeners listeners;
    private final List<Path> folders;
    private final Map<String, Graph> placed = new LinkedHashMap<>();
    private @Nullable Watch watch;

    /** Of files that have been read, and are not in place yet. */
    LiveFiles(
            PipelineFiles pipelines,
            SecretStore secrets,
            Runners runners,
            Deployments deployments,
            UserRoutes userRoutes,
            Alerts alerts,
            Listeners listeners) {
        this.pipelines = pipelines;
        this.secrets = secrets;
        this.runners = runners;
        this.deployments = deployments;
        this.userRoutes = userRoutes;
        this.alerts = alerts;
        this.listeners = listeners;
        List<Path> named =
                pipelines.places().stream().filter(Files::isDirectory).toList();
        List<Path> ofRoutes =
                named.stream().map(folder -> folder.resolve(ROUTES)).toList();
        Stream<Path> around = pipelines.places().stream()
                .filter(place -> !Files.isDirectory(place))
                .map(file -> file.toAbsolutePath().getParent());
        this.folders = Stream.of(named.stream(), ofRoutes.stream(), around)
                .flatMap(each -> each)
                .distinct()
                .toList();
        this.routes = new RouteFiles(ofRoutes);
    }

    /** Puts all in place, and watches from then on. */
    void begin() {
        alerts.keep(pipelines.inPlace().values());
        deployments.begin(place(pipelines.inPlace().values()));
        sync();
        lookAtRoutes(false);
        secrets.watch(pipelines::again);
        watch = new Watch(folders, () -> {
            lookAtPipelines();
            lookAtRoutes(true);
        });
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        sync.shutdown();
    }

    private void lookAtPipelines() {
        Change change = pipelines.look();
        change.warnings().forEach(LOGGER::warn);
        change.wrong().forEach(LOGGER::error);
        if (!change.put().isEmpty() || !change.gone().isEmpty()) {
            placed.keySet().removeAll(change.gone());
            alerts.keep(pipelines.inPlace().values());
            deployments.put(place(change.put()), change.gone());
            listeners.recheck();
            sync();
            LOGGER.info(
                    "pipelines in place: {}; taken away: {}",
                    change.put().stream().map(Graph::name).toList(),
                    change.gone());
        }
    }

    /** The same with the addresses of the programs that are to be started for them. */
    private List<Graph> place(Collection<Graph> graphs) {
        hide(graphs);
        List<Graph> known = graphs.stream().map(runners::placed).toList();
        known.forEach(graph -> placed.put(graph.name(), graph));
        return known;
    }

    /** Starts the programs that are wanted, and ends those that are not. */
    private void sync() {
        List<Graph> wanted = List.copyOf(placed.values());
        sync.execute(() -> runners.sync(wanted));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "llmnet-runners");
        thread.setDaemon(true);
        return thread;
    }

    /** Keys that are no declared secrets are none the less to be kept out of the log. */
    private void hide(Collection<Graph> graphs) {
        secrets.redaction()
                .learn(graphs.stream()
                        .flatMap(graph -> graph.models().values().stream())
                        .flatMap(model -> Optional.ofNullable(model.apiKey()).stream())
                        .toList());
    }

    private void lookAtRoutes(boolean tells) {
        RouteFiles.Changes changes = routes.look();
        changes.gone().forEach(userRoutes::remove);
        List<Path> taken = new ArrayList<>();
        changes.texts().forEach((file, text) -> {
            String wrong = text == null ? file + ": cannot be read" : userRoutes.put(file, text);
            if (wrong == null) {
                taken.add(file);
            } else {
                LOGGER.error(wrong);
            }
        });
        if (tells && !changes.areNone()) {
            LOGGER.info("routes in place: {}; taken away: {}", taken, changes.gone());
        }
    }
}
