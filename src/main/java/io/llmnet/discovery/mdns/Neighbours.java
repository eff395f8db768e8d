package io.llmnet.discovery.mdns;

import io.llmnet.discovery.Options;
import io.llmnet.discovery.Self;
import io.llmnet.discovery.mdns.Ear.Service;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.scan.Here;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers that announce themselves in the local network. Those that take their announcement back are kept for a while,
 * and those that come back in time are as if they had never gone. A network on which nothing can be heard only warns.
 */
public final class Neighbours implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Neighbours.class.getPackageName());

    private static final List<String> OURS = List.of("_llmnet._tcp", "_openai._tcp");
    private static final String INSTANCE = "instance";
    private static final int MOST = 1000;
    private static final long NETWORKS_MILLIS = 60_000;

    private final Vertx vertx;
    private final Context context;
    private final Registry registry;
    private final Profiles profiles;
    private final Supplier<Options> options;
    private final Self self;
    private final Supplier<Here> here;
    private final Predicate<URI> isUnwanted;
    private final List<String> services;
    private final boolean announces;
    private final Map<String, Neighbour> all = new HashMap<>();
    /** Touched by the worker only, which is one thread. */
    private final Map<InetAddress, Ear> ears = new HashMap<>();

    private volatile @Nullable WorkerExecutor worker;
    private volatile boolean isClosed;

    /**
     * None yet.
     *
     * @param context the event loop on which all of it happens
     * @param options that hold now; what is heard and announced is what they say at its beginning
     * @param isUnwanted whether somebody has taken the server of that address out
     */
    public Neighbours(
            Vertx vertx,
            Context context,
            Registry registry,
            Profiles profiles,
            Supplier<Options> options,
            Self self,
            Supplier<Here> here,
            Predicate<URI> isUnwanted) {
        this.vertx = vertx;
        this.context = context;
        this.registry = registry;
        this.profiles = profiles;
        this.options = options;
        this.services = options.get().services();
        this.announces = options.get().announces();
        this.self = self;
        this.here = here;
        this.isUnwanted = isUnwanted;
    }

    /** What is known of one of them. */
    private static final class Neighbour {
        /** The networks on which it is heard; none when it has gone. */
        private final Set<String> networks = new HashSet<>();

        private @Nullable String backend;
        private long goneNanos;
    }

    /** Begins to hear; on the event loop. */
    public void start() {
        worker = vertx.createSharedWorkerExecutor("llmnet-mdns", 1, 1, TimeUnit.MINUTES);
        listen();
        vertx.setPeriodic(NETWORKS_MILLIS, id -> again(id, this::listen));
        long forgets = options.get().grace().toMillis() / 2;
        vertx.setPeriodic(Math.max(1, Math.min(10_000, forgets)), id -> again(id, this::forget));
    }

    private void again(long timer, Runnable deed) {
        if (isClosed) {
            vertx.cancelTimer(timer);
        } else {
            deed.run();
        }
    }

    /** Opens ears on networks that are new, and closes those on networks that are no more. */
    private void listen() {
        WorkerExecutor now = worker;
        if (now == null) {
            return;
        }
        now.executeBlocking(() -> {
                    Set<InetAddress> networks = Wires.now();
                    for (InetAddress network : networks) {
                        if (!isClosed && !ears.containsKey(network)) {
                            open(network);
                        }
                    }
                    for (InetAddress known : List.copyOf(ears.keySet())) {
                        if (!networks.contains(known)) {
                            shut(known);
                        }
                    }
                    return networks;
                })
                .onFailure(why -> warn("all networks", why));
    }

    private void open(InetAddress network) {
        try {
            Ear ear = Ear.open(network, services, listener());
            ears.put(network, ear);
            if (announces && self.isOpen()) {
                Map<String, String> texts = Map.of(
                        "type", "gateway", "api_path", "/v1", "version", self.version(), INSTANCE, self.instance());
                for (String type : OURS) {
                    ear.announce(type, "llmnet-" + InetAddress.getLocalHost().getHostName(), self.port(), texts);
                }
            }
        } catch (IOException | RuntimeException e) {
            warn(network.getHostAddress(), e);
        }
    }

    private void shut(InetAddress network) {
        Ear ear = ears.remove(network);
        try {
            if (ear != null) {
                ear.close();
            }
        } catch (IOException | RuntimeException e) {
            warn(network.getHostAddress(), e);
        }
    }

    private static void warn(String network, Throwable why) {
        LOGGER.log(
                System.Logger.Level.WARNING,
                "announcements cannot be heard or made; other servers are found all the same: network={0} reason={1}",
                network,
                why.toString());
    }

    /** Who is told of what is announced, on whatever thread. */
    Ear.Listener listener() {
        return new Hearing();
    }

    private final class Hearing implements Ear.Listener {
        @Override
        public void heard(String network, Service service) {
            home(() -> come(network, service));
        }

        @Override
        public void gone(String network, String type, String name) {
            home(() -> go(network, type + "/" + name));
        }

        private void home(Runnable deed) {
            if (!isClosed) {
                context.runOnContext(nothing -> {
                    if (!isClosed) {
                        deed.run();
                    }
                });
            }
        }
    }

    private void come(String network, Service service) {
        if (self.instance().equals(service.texts().get(INSTANCE)) || all.size() >= MOST) {
            return;
        }
        Announced said = Announced.of(
                        service.type(),
                        service.name(),
                        service.four(),
                        service.six(),
                        service.port(),
                        service.texts(),
                        profiles)
                .orElse(null);
        if (said == null
                || (here.get().is(said.url()) && self.has(Here.port(said.url())))
                || isUnwanted.test(said.url())) {
            return;
        }
        Neighbour neighbour = all.computeIfAbsent(service.type() + "/" + service.name(), key -> new Neighbour());
        neighbour.networks.add(network);
        if (isKnown(said, neighbour.backend)) {
            return;
        }
        String name = neighbour.backend == null ? free(said.name()) : neighbour.backend;
        neighbour.backend = name;
        Profile kind = profiles.of(said.kind());
        LOGGER.log(System.Logger.Level.INFO, "found a server in the network: backend={0} url={1}", name, said.url());
        registry.put(Registration.of(
                profiles.backend(name, kind, said.url(), null, options.get().timeouts()),
                said.kind(),
                kind.zone(said.url()),
                Source.MDNS));
    }

    /** Whether somebody has that address already; a neighbour's own may change. */
    private boolean isKnown(Announced said, @Nullable String own) {
        for (Member member : registry.roster().members()) {
            if (here.get().isSame(member.backend().url(), said.url())) {
                return true;
            }
        }
        Member self = own == null ? null : registry.named(own);
        return self != null && self.said().source() != Source.MDNS;
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; registry.named(name) != null; i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private void go(String network, String key) {
        Neighbour neighbour = all.get(key);
        if (neighbour != null && neighbour.networks.remove(network) && neighbour.networks.isEmpty()) {
            neighbour.goneNanos = System.nanoTime();
        }
    }

    /** Lets those go that have been gone for too long; on the event loop. */
    void forget() {
        long now = System.nanoTime();
        all.values().removeIf(neighbour -> {
            boolean isOver = neighbour.networks.isEmpty()
                    && now - neighbour.goneNanos > options.get().grace().toNanos();
            Member member = neighbour.backend == null ? null : registry.named(neighbour.backend);
            if (isOver && member != null && member.said().source() == Source.MDNS) {
                LOGGER.log(System.Logger.Level.INFO, "a server of the network is gone: backend={0}", member.name());
                registry.remove(member.name());
            }
            return isOver;
        });
    }

    /** Takes our announcements back and stops hearing; returns at once. */
    @Override
    public void close() {
        isClosed = true;
        WorkerExecutor last = worker;
        if (last != null) {
            last.executeBlocking(() -> {
                        List.copyOf(ears.keySet()).forEach(this::shut);
                        return true;
                    })
                    .onComplete(end -> last.close());
        }
    }
}
