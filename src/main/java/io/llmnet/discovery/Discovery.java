package io.llmnet.discovery;

import io.llmnet.backend.Backend;
import io.llmnet.discovery.mdns.Neighbours;
import io.llmnet.discovery.operation.ModelOperations;
import io.llmnet.discovery.probe.Fingerprints;
import io.llmnet.discovery.probe.Prober;
import io.llmnet.discovery.probe.Visits;
import io.llmnet.discovery.probe.Watch;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.scan.Here;
import io.llmnet.discovery.scan.Sweep;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Source;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds backends, watches them, and keeps the registry true. Safe from any thread; works on one event loop of its own.
 *
 * <p>Backends come from the sweep of this machine, from announcements, and by {@link #put}. What is put in the registry
 * directly is watched just the same. Where two name the same address, the one that a person has named stays.
 */
public final class Discovery implements AutoCloseable {
    private static final Set<Source> FOUND = Set.of(Source.MACHINE, Source.MDNS);
    private static final long HERE_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 20;

    private final Vertx vertx;
    private final Context context;
    private final Registry registry;
    private final Profiles profiles;
    private final Visits visits;
    private final Fingerprints fingerprints;
    private final Self self;
    private final Watch watch;
    private final Sweep sweep;
    private final ModelOperations operations;
    /** Whom somebody has taken out: they are not to be found again. */
    private final Set<URI> dismissed = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean isFollowing = new AtomicBoolean();
    private volatile boolean isOpen;
    private volatile Here here = Here.usual();
    private volatile Options options;
    private volatile Neighbours neighbours;
    private long sweeping = -1;

    /** One that has not begun. */
    public Discovery(Vertx vertx, Registry registry, Profiles profiles, Options options, Self self) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.registry = registry;
        this.profiles = profiles;
        this.options = options;
        this.self = self;
        this.visits = new Visits(vertx, self.instance());
        this.fingerprints = new Fingerprints(visits, profiles, () -> this.options.timeout(), self.instance());
        Prober prober = new Prober(visits, profiles, () -> this.options.timeout());
        this.watch = new Watch(
                vertx, registry, profiles, prober, fingerprints, () -> this.options, RandomGenerator.getDefault());
        this.sweep = new Sweep(
                registry,
                profiles,
                fingerprints,
                () -> this.options,
                self::has,
                this::isDismissed,
                () -> here,
                System::nanoTime);
        this.neighbours = neighbours();
        this.operations = new ModelOperations(
                vertx, context, registry, profiles, visits, prober, () -> this.options.loading(), this::probeSoon);
    }

    private Neighbours neighbours() {
        return new Neighbours(vertx, context, registry, profiles, () -> options, self, () -> here, this::isDismissed);
    }

    /** Begins to look and to watch; returns at once. */
    public void start() {
        isOpen = true;
        registry.onChange(roster -> follow());
        context.runOnContext(nothing -> {
            watch.follow(registry.roster());
            vertx.<Here>executeBlocking(Here::look)
                    .onSuccess(found -> here = found)
                    .onComplete(end -> sweeps());
            vertx.setPeriodic(HERE_MILLIS, id -> lookHere(id));
            if (options.mdns()) {
                neighbours.start();
            }
        });
    }

    private void lookHere(long timer) {
        if (isOpen) {
            vertx.<Here>executeBlocking(Here::look).onSuccess(found -> here = found);
        } else {
            vertx.cancelTimer(timer);
        }
    }

    private void sweeps() {
        vertx.cancelTimer(sweeping);
        if (isOpen && options.machine()) {
            sweep.look();
            sweeping = vertx.setPeriodic(options.haste().toMillis(), id -> {
                if (isOpen) {
                    sweep.look();
                } else {
                    vertx.cancelTimer(id);
                }
            });
        }
    }

    /**
     * Looks for others, or in another way, from now on. Whom it would find again stays; whom it looks for no longer goes.
     * Which ports are looked at never changes.
     */
    public void change(Options wanted) {
        context.runOnContext(nothing -> {
            Options before = options;
            if (!isOpen || wanted.equals(before)) {
                return;
            }
            options = wanted;
            boolean hearsOn = wanted.hearsAs(before);
            registry.roster().members().forEach(member -> keep(member, hearsOn));
            if (!hearsOn) {
                neighbours.close();
                neighbours = neighbours();
                if (wanted.mdns()) {
                    neighbours.start();
                }
            }
            watch.stop();
            watch.follow(registry.roster());
            sweeps();
        });
    }

    private void keep(Member member, boolean hearsOn) {
        Registration said = member.said();
        if (!FOUND.contains(said.source())) {
            return;
        }
        if (said.source() == Source.MDNS ? hearsOn : options.machine()) {
            Backend old = said.backend();
            Backend patient =
                    new Backend(old.name(), old.speaks(), old.url(), old.apiKey(), options.timeouts(), old.paths());
            registry.put(said.with(patient, said.kind()));
        } else {
            registry.remove(member.name());
        }
    }

    /** Many changes in a row are followed once. */
    private void follow() {
        if (isOpen && isFollowing.compareAndSet(false, true)) {
            context.runOnContext(nothing -> {
                isFollowing.set(false);
                if (isOpen) {
                    Roster roster = registry.roster();
                    dropDoubles(roster);
                    watch.follow(registry.roster());
                }
            });
        }
    }

    /** Whom a person names needs not be found: the person's word stays. */
    private void dropDoubles(Roster roster) {
        List<URI> named = roster.members().stream()
                .filter(member -> !FOUND.contains(member.said().source()))
                .map(member -> member.backend().url())
                .toList();
        for (Member member : roster.members()) {
            boolean isFound = FOUND.contains(member.said().source());
            if (isFound
                    && named.stream()
                            .anyMatch(url -> here.isSame(url, member.backend().url()))) {
                registry.remove(member.name());
            }
        }
    }

    /**
     * Takes a backend in that somebody has named. One of the kind {@link Profiles#AUTO} is told apart: by its host at once, else
     * when it is first reached.
     */
    public void put(Registration said) {
        Optional<Profile> byHost = said.kind().equals(Profiles.AUTO)
                ? profiles.ofHost(said.backend().url())
                : Optional.empty();
        URI url = said.backend().url();
        dismissed.removeIf(gone -> here.isSame(gone, url));
        registry.put(byHost.map(kind -> as(said, kind)).orElse(said));
    }

    private Registration as(Registration said, Profile kind) {
        Backend old = said.backend();
        return said.with(profiles.backend(old.name(), kind, old.url(), old.apiKey(), old.timeouts()), kind.kind());
    }

    /** Takes a backend out that is not named any more; it may be found again. */
    public void remove(String name) {
        registry.remove(name);
    }

    /** Takes a backend out that somebody does not want: it is not found again until somebody names it. */
    public void dismiss(String name) {
        Member member = registry.named(name);
        if (member != null) {
            dismissed.add(member.backend().url());
            registry.remove(name);
        }
    }

    private boolean isDismissed(URI url) {
        return dismissed.stream().anyMatch(gone -> here.isSame(gone, url));
    }

    /** Ends when a backend has been probed for the first time, or could have been; never fails. */
    public CompletionStage<Void> firstProbe(String name) {
        Promise<Void> known = Promise.promise();
        long until = System.nanoTime() + options.timeout().toNanos();
        context.runOnContext(nothing -> awaitProbe(name, until, known));
        return known.future().toCompletionStage();
    }

    private void awaitProbe(String name, long untilNanos, Promise<Void> known) {
        Member member = registry.named(name);
        if (!isOpen || member == null || member.health() != Health.UNKNOWN || System.nanoTime() - untilNanos > 0) {
            known.complete();
        } else {
            vertx.setTimer(LOOK_MILLIS, id -> awaitProbe(name, untilNanos, known));
        }
    }

    /** Probes a backend now, for somebody has seen that something is wrong with it; from any thread, as often as one likes. */
    public void probeSoon(String name) {
        if (isOpen) {
            context.runOnContext(nothing -> watch.probeSoon(name));
        }
    }

    /** What is at an address; never fails. */
    public CompletionStage<Fingerprints.Found> identify(URI url, @Nullable String apiKey) {
        Promise<Fingerprints.Found> found = Promise.promise();
        context.runOnContext(nothing -> fingerprints.look(url, apiKey).onComplete(found));
        return found.future().toCompletionStage();
    }

    /** Loads and unloads models. */
    public ModelOperations operations() {
        return operations;
    }

    /** Ends all of it; the registry stays as it is. */
    @Override
    public void close() {
        isOpen = false;
        neighbours.close();
        context.runOnContext(nothing -> {
            watch.stop();
            visits.close();
        });
    }
}
