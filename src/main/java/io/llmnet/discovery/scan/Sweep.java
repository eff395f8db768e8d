package io.llmnet.discovery.scan;

import io.llmnet.discovery.Options;
import io.llmnet.discovery.probe.Fingerprints;
import io.llmnet.discovery.probe.Fingerprints.Found;
import io.llmnet.discovery.probe.Fingerprints.What;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.vertx.core.Future;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ports of this machine on which model servers usually listen. A port that refuses costs nothing, one that
 * hangs delays no other, and a stranger is asked ever less often. For one event loop.
 */
public final class Sweep {
    private static final System.Logger LOGGER = System.getLogger(Sweep.class.getPackageName());
    private static final long LONGEST_PAUSE = 12;

    private final Registry registry;
    private final Profiles profiles;
    private final Fingerprints fingerprints;
    private final Supplier<Options> options;
    private final IntPredicate isOurs;
    private final Predicate<URI> isUnwanted;
    private final Supplier<Here> here;
    private final LongSupplier nanos;
    private final List<Spot> spots = new ArrayList<>();
    private final Map<String, Long> downSince = new HashMap<>();

    /**
     * One of the ports that the options name at its beginning.
     *
     * @param options that hold now
     * @param isOurs whether a port is our own
     * @param isUnwanted whether somebody has taken the server of that address out
     * @param nanos the time
     */
    public Sweep(
            Registry registry,
            Profiles profiles,
            Fingerprints fingerprints,
            Supplier<Options> options,
            IntPredicate isOurs,
            Predicate<URI> isUnwanted,
            Supplier<Here> here,
            LongSupplier nanos) {
        this.registry = registry;
        this.profiles = profiles;
        this.fingerprints = fingerprints;
        this.options = options;
        this.isOurs = isOurs;
        this.isUnwanted = isUnwanted;
        this.here = here;
        this.nanos = nanos;
        List<Integer> named = options.get().ports();
        (named.isEmpty() ? profiles.ports() : named).forEach(port -> spots.add(new Spot(port)));
    }

    /** Looks once at every port, and forgets who has been gone for too long. Ends when all have answered. */
    public Future<Void> look() {
        forget();
        List<Future<?>> looks = new ArrayList<>();
        spots.forEach(spot -> looks.add(spot.look()));
        return Future.join(looks).mapEmpty();
    }

    private void forget() {
        long now = nanos.getAsLong();
        Map<String, Long> down = new HashMap<>();
        for (Member member : registry.roster().members()) {
            if (member.said().source() == Source.MACHINE && member.health() == Health.UNHEALTHY) {
                down.put(member.name(), downSince.getOrDefault(member.name(), now));
            }
        }
        downSince.clear();
        downSince.putAll(down);
        down.forEach((name, since) -> {
            if (now - since > options.get().grace().toNanos()) {
                LOGGER.log(System.Logger.Level.INFO, "a server of this machine is gone: backend={0}", name);
                registry.remove(name);
            }
        });
    }

    private @Nullable Member at(URI url) {
        return registry.roster().members().stream()
                .filter(member -> here.get().isSame(member.backend().url(), url))
                .findFirst()
                .orElse(null);
    }

    private String name(Profile kind, int port) {
        String name = kind.kind();
        for (int i = 1; registry.named(name) != null; i++) {
            name = kind.kind() + "-" + port + (i == 1 ? "" : "-" + i);
        }
        return name;
    }

    /** One port. */
    private final class Spot {
        private final URI four;
        private final URI six;
        private final int port;
        private boolean isBusy;
        private long pause = 1;
        private long skip;

        Spot(int port) {
            this.port = port;
            this.four = URI.create("http://127.0.0.1:" + port);
            this.six = URI.create("http://[::1]:" + port);
        }

        Future<Void> look() {
            Member known = at(four);
            boolean isOther = known != null && !isDoubtful(known);
            if (isBusy || isOther || isOurs.test(port) || isUnwanted.test(four) || skip-- > 0) {
                return Future.succeededFuture();
            }
            isBusy = true;
            return fingerprints
                    .look(four, null)
                    .compose(found -> found.what() == What.NOBODY
                            ? fingerprints.look(six, null).map(other -> learn(six, other))
                            : Future.succeededFuture(learn(four, found)))
                    .onComplete(end -> isBusy = false)
                    .mapEmpty();
        }

        /** Found here once, and not well now: another server may have taken its port. */
        private boolean isDoubtful(Member known) {
            return known.said().source() == Source.MACHINE && known.health() == Health.UNHEALTHY;
        }

        private What learn(URI url, Found found) {
            Profile kind = found.kind();
            boolean isStrange = found.what() == What.STRANGER || found.what() == What.OURSELVES;
            pause = isStrange ? Math.min(LONGEST_PAUSE, pause * 2) : 1;
            skip = isStrange ? pause - 1 : 0;
            Member known = at(url);
            if (kind != null
                    && options.get().machine()
                    && !isUnwanted.test(url)
                    && (known == null
                            || (isDoubtful(known) && !known.said().kind().equals(kind.kind())))) {
                if (known != null) {
                    registry.remove(known.name());
                }
                take(url, kind);
            }
            return found.what();
        }

        private void take(URI url, Profile kind) {
            String name = name(kind, port);
            LOGGER.log(System.Logger.Level.INFO, "found a server on this machine: backend={0} url={1}", name, url);
            registry.put(Registration.of(
                    profiles.backend(name, kind, url, null, options.get().timeouts()),
                    kind.kind(),
                    kind.zone(url),
                    Source.MACHINE));
        }
    }
}
