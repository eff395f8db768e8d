package io.llmnet.discovery.probe;

import io.llmnet.backend.Backend;
import io.llmnet.discovery.Options;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Probes every backend of the registry again and again, and reports. Each has a timer of its own, so none waits for
 * another; those that are down share a narrow lane, so that a thousand dead ones cost little. For one event loop.
 */
public final class Watch {
    /** What the sweep of this machine finds goes quickly, and comes back at once. */
    private static final Registry.Thresholds QUICK = new Registry.Thresholds(2, 1);

    private static final int AT_ONCE = 1024;
    private static final int DOWN_AT_ONCE = 128;
    private static final Duration DOUBT = Duration.ofSeconds(1);
    private static final long SOON_MILLIS = 250;
    private static final double JITTER = 0.1;

    private final Vertx vertx;
    private final Registry registry;
    private final Profiles profiles;
    private final Prober prober;
    private final Fingerprints fingerprints;
    private final Supplier<Options> options;
    private final RandomGenerator chance;
    private final Map<String, Watched> all = new HashMap<>();
    private final Lane lane = new Lane(AT_ONCE);
    private final Lane downLane = new Lane(DOWN_AT_ONCE);

    /** One that watches nobody yet. */
    public Watch(
            Vertx vertx,
            Registry registry,
            Profiles profiles,
            Prober prober,
            Fingerprints fingerprints,
            Supplier<Options> options,
            RandomGenerator chance) {
        this.vertx = vertx;
        this.registry = registry;
        this.profiles = profiles;
        this.prober = prober;
        this.fingerprints = fingerprints;
        this.options = options;
        this.chance = chance;
    }

    /** Watches those of a roster, and nobody else. */
    public void follow(Roster roster) {
        all.values().removeIf(watched -> {
            Member member = roster.named(watched.name);
            boolean isGone = member == null || !member.backend().equals(watched.backend);
            if (isGone) {
                watched.stop();
                prober.forget(watched.name);
            }
            return isGone;
        });
        for (Member member : roster.members()) {
            if (!all.containsKey(member.name())) {
                Watched watched = new Watched(member.name(), member.backend());
                all.put(member.name(), watched);
                watched.probe();
            }
        }
    }

    /** Probes a backend now, for somebody has seen that something is wrong with it. */
    public void probeSoon(String name) {
        Watched watched = all.get(name);
        if (watched != null) {
            watched.soon();
        }
    }

    /** Watches nobody any more. */
    public void stop() {
        for (Watched watched : all.values()) {
            watched.stop();
            prober.forget(watched.name);
        }
        all.clear();
    }

    private final class Watched {
        private final String name;
        private final Backend backend;
        private long timer = -1;
        private long beganNanos;
        private boolean isBusy;
        private boolean isOver;

        Watched(String name, Backend backend) {
            this.name = name;
            this.backend = backend;
        }

        void probe() {
            Member member = registry.roster().named(name);
            if (isOver || isBusy || member == null) {
                return;
            }
            isBusy = true;
            Lane turn = member.health() == Health.UNHEALTHY ? downLane : lane;
            turn.run(() -> isOver ? Future.failedFuture("over") : ask(member.said()))
                    .onComplete(end -> {
                        isBusy = false;
                        if (!isOver) {
                            if (end.succeeded() && end.result() != null) {
                                report(member.said(), end.result());
                            }
                            rest(next(end.succeeded()
                                    && end.result() != null
                                    && !end.result().isWell()));
                        }
                    });
        }

        private Future<Report> ask(Registration said) {
            beganNanos = System.nanoTime();
            return said.kind().equals(Profiles.AUTO) ? identify(said) : prober.probe(said);
        }

        private void report(Registration said, Report report) {
            Member member = registry.roster().named(name);
            if (!report.isWell() && member != null && member.load().hasAnsweredSince(beganNanos)) {
                return; // too busy with requests to answer probes
            }
            registry.report(
                    name,
                    report,
                    said.source() == Source.MACHINE ? QUICK : options.get().thresholds());
        }

        /** Finds out the kind, and probes as such: at once, or as the other backend that it turns out to be. */
        private Future<Report> identify(Registration said) {
            return fingerprints.look(backend.url(), backend.apiKey()).compose(found -> {
                Profile kind = found.kind();
                if (kind == null) {
                    return Future.succeededFuture(
                            Report.failed(found.words(), Duration.ofNanos(System.nanoTime() - beganNanos)));
                }
                if (isOver) {
                    return Future.failedFuture("over");
                }
                Registration known = as(said, kind);
                registry.put(known);
                return known.backend().equals(backend) ? prober.probe(known) : Future.succeededFuture();
            });
        }

        private Registration as(Registration said, Profile kind) {
            Backend known = profiles.backend(name, kind, backend.url(), backend.apiKey(), backend.timeouts());
            return said.with(known, kind.kind());
        }

        private Duration next(boolean hasFailed) {
            Member member = registry.roster().named(name);
            Duration haste = options.get().haste();
            if (member == null || member.health() == Health.UNHEALTHY) {
                return haste;
            }
            if (hasFailed && member.health() == Health.HEALTHY) {
                return DOUBT.compareTo(haste) < 0 ? DOUBT : haste;
            }
            return member.said().source() == Source.MACHINE
                    ? haste
                    : options.get().every();
        }

        private void rest(Duration time) {
            double spread = 1 - JITTER + 2 * JITTER * chance.nextDouble();
            in(Math.max(1, (long) (time.toMillis() * spread)));
        }

        void soon() {
            long since = (System.nanoTime() - beganNanos) / 1_000_000;
            if (!isBusy && !isOver) {
                in(Math.max(1, SOON_MILLIS - since));
            }
        }

        private void in(long millis) {
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(millis, id -> probe());
        }

        void stop() {
            isOver = true;
            vertx.cancelTimer(timer);
        }
    }
}
