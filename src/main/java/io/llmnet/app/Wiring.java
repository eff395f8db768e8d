package io.llmnet.app;

import io.llmnet.camel.Deployment;
import io.llmnet.camel.Deployments;
import io.llmnet.camel.UserRoutes;
import io.llmnet.camel.alert.Alerts;
import io.llmnet.camel.choice.Choice;
import io.llmnet.camel.choice.Chooser;
import io.llmnet.camel.choice.Nearest;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.camel.hook.HookComponent;
import io.llmnet.camel.llm.LlmComponent;
import io.llmnet.camel.llm.PipelineComponent;
import io.llmnet.discovery.Self;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.dispatch.Timers;
import io.llmnet.embedding.LocalEmbeddings;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.function.Functions;
import io.llmnet.http.Front;
import io.llmnet.http.page.Site;
import io.llmnet.pipeline.Graph;
import io.llmnet.protocol.http.HttpWire;
import io.llmnet.runner.ReadyWire;
import io.llmnet.runner.Runners;
import io.llmnet.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** Puts the server together: wire, dispatch, component, routes, front. */
@Singleton
public class Wiring {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final CamelContext camel;
    private final MeterRegistry metrics;
    private final HttpWire wire;
    private final Runners runners = new Runners(Launch.surroundings());
    private final Settings settings;
    private final Self whoWeAre = Launch.self();
    private final Backends backends;
    private final Ensembles ensembles;
    private @Nullable LiveSettingsFile settingsFile;
    private final LocalEmbeddings embeddings = new LocalEmbeddings(Launch.embeddingLibrary());
    private final Caching caching;
    private final Functions functions;
    private final PoolDoors doors;
    private final Front front;
    private final Telemetry telemetry;
    private volatile @Nullable Deployments deployments;
    private volatile @Nullable Alerts alerts;
    private @Nullable LiveFiles files;

    @Inject
    @SuppressWarnings("deprecation") // the client that Quarkus registers; its successor is not to be had with it
    Wiring(Vertx vertx, CamelContext camel, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.camel = camel;
        this.metrics = metrics;
        this.wire = new HttpWire(vertx);
        this.settings = Launch.settings();
        this.backends = new Backends(
                vertx,
                new ReadyWire(wire, runners),
                this::after,
                metrics,
                Launch.gateway(settings),
                Launch.profiles(),
                Launch.kept());
        this.ensembles = new Ensembles(backends, this::deployment, this::after, embeddings, metrics);
        this.caching = new Caching(
                vertx, embeddings, this::after, () -> backends.settings().cache(), metrics);
        this.telemetry = new Telemetry(camel, metrics, Launch.secrets().redaction()::of);
        this.functions = new Functions(vertx, Launch.shellPolicy());
        this.doors = new PoolDoors(
                vertx,
                backends::settings,
                ensembles.assembly(),
                caching.cache(),
                ensembles.standings(),
                name -> deployment(name) != null,
                () -> backends.registry().roster(),
                this::after,
                metrics,
                Launch.limits(),
                Site.VERSION);
        this.front = new Front(
                vertx,
                new Pipelines(
                        this::deployed,
                        ensembles::all,
                        caching.before(ensembles::ask, ensembles::askForOthers, ensembles.makeup()),
                        backends.gateway(),
                        caching.before(backends::ask, backends::meant)),
                Launch.limits(),
                metrics,
                metrics::scrape,
                new Operating(backends),
                backends.ledger(),
                whoWeAre.instance());
        front.tasks(doors.page());
        backends.gateway().onOutcome(front.updates());
        backends.registry().onChange(front.updates()::changed);
    }

    /** The front answers first; what is nobody's is told so in OpenAI's words. */
    void open(@Observes Router router) {
        router.route().order(-100).handler(front::handle);
        router.route().order(Integer.MAX_VALUE).handler(front::notFound);
    }

    /** What is for this machine only. */
    void openManagement(@Observes ManagementInterface management) {
        telemetry.mount(management.router(), this::deployed);
    }

    void start(@Observes StartupEvent event, CamelRuntime runtime) throws Exception {
        Dispatch dispatch = backends.dispatch();
        LlmComponent models =
                new LlmComponent(dispatch, backends.gateway(), ensembles.assembly(), this::deployment, this::home);
        camel.addComponent("llm", models);
        camel.addComponent("pipeline", new PipelineComponent(models));
        camel.addComponent("function", new HookComponent(functions));
        Registry registry = camel.getRegistry();
        registry.bind("llmnetChooser", new Chooser(dispatch));
        registry.bind("llmnetQuestion", Choice.question());
        registry.bind("llmnetChosen", Choice.answer());
        registry.bind("llmnetNearest", new Nearest(dispatch, embeddings));
        registry.bind("llmnetFallback", Choice.fallback());
        registry.bind("llmnetBranches", ExecutorService.class, branches());
        Assembly.register(camel);
        telemetry.prepare();
        runtime.start();
        ensembles.assembly().open(camel);
        backends.open(camel, whoWeAre);
        Alerts watching = new Alerts(camel, vertx, metrics, front.listeners()::tell);
        alerts = watching;
        Deployments opened = new Deployments(camel, Launch.ownRoutes(), telemetry.watcher());
        deployments = opened;
        PipelineFiles named = Launch.pipelines();
        if (backends.settings().comparesHere()
                || named.inPlace().values().stream().anyMatch(Graph::comparesHere)) {
            embeddings.prepare();
        }
        LiveFiles live = new LiveFiles(
                named, Launch.secrets(), runners, opened, new UserRoutes(camel), watching, front.listeners());
        live.begin();
        files = live;
        daemon(ensembles::prepare, "llmnet-prepare").start();
        doors.open();
        Path written = Launch.settingsFile();
        if (written != null) {
            settingsFile = new LiveSettingsFile(written, settings, this::change);
        }
    }

    private void change(Settings now) {
        backends.change(Launch.gateway(now));
        caching.change();
        if (backends.settings().comparesQuestions()) {
            embeddings.prepare();
        }
        doors.change();
    }

    private Map<String, Deployment> deployed() {
        Deployments opened = deployments;
        return opened == null ? Map.of() : opened.all();
    }

    private @Nullable Deployment deployment(String name) {
        Deployments opened = deployments;
        return opened == null ? null : opened.named(name);
    }

    void stop(@Observes ShutdownEvent event) {
        if (settingsFile != null) {
            settingsFile.close();
        }
        if (files != null) {
            files.close();
        }
        if (deployments != null) {
            deployments.close();
        }
        doors.close();
        front.listeners().close();
        front.updates().close();
        if (alerts != null) {
            alerts.close();
        }
        functions.close();
        caching.close();
        backends.close();
        wire.close();
        Launch.secrets().close();
        runners.close();
        embeddings.close();
        telemetry.close();
    }

    /** An event loop to be called back on, for what does not come from one. */
    private Executor home() {
        Context context = vertx.getOrCreateContext();
        return task -> context.runOnContext(nothing -> task.run());
    }

    private Timers.Waiting after(long nanos, Runnable task) {
        long timer = vertx.setTimer(Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI), id -> task.run());
        return () -> vertx.cancelTimer(timer);
    }

    private static ExecutorService branches() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), task -> daemon(task, "llmnet-branch"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
