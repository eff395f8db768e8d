package io.llmnet.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcome;
import io.llmnet.gateway.ledger.History;
import io.llmnet.http.page.BackendView;
import io.llmnet.registry.Card;
import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hear over a WebSocket at {@code /ws} how backends are, which models they have, and which requests are over,
 * in the words of Nexus' dashboard.
 *
 * <p>How the backends are is told to who comes, and then when something changes, once a second at most. Of requests, fifty a
 * second are told; {@code /v1/history} has them all. Safe from any thread, and cheap while nobody listens.
 */
public final class Updates implements Consumer<Outcome>, AutoCloseable {
    private static final String PATH = "/ws";
    private static final int MOST = 256;
    private static final Duration PING = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_REQUESTS = 50;

    private final Vertx vertx;
    private final Supplier<Roster> rosters;
    private final BackendView view;
    private final Duration every;
    private final Sockets<Boolean> sockets;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private Roster told = Roster.EMPTY;
    private long toldNanos;
    private long second;
    private int requests;

    Updates(Vertx vertx, Supplier<Roster> rosters, BackendView view, MeterRegistry registry) {
        this(vertx, rosters, view, registry, EVERY);
    }

    /**
     * For nobody yet.
     *
     * @param every how often backends are told at most
     */
    Updates(Vertx vertx, Supplier<Roster> rosters, BackendView view, MeterRegistry registry, Duration every) {
        this.vertx = vertx;
        this.rosters = rosters;
        this.view = view;
        this.every = every;
        this.toldNanos = System.nanoTime() - every.toNanos();
        this.sockets = new Sockets<>(vertx, MOST, PING);
        Gauge.builder("llmnet.updates.listeners", sockets, Sockets::size)
                .description("clients that listen to updates over a WebSocket")
                .register(registry);
    }

    /** Whether a path is theirs. */
    static boolean isAt(@Nullable String path) {
        return path != null && (path.equals(PATH) || path.equals(PATH + "/"));
    }

    void handle(HttpServerRequest request) {
        sockets.admit(
                request, true, listener -> Frames.backends(views(rosters.get())).forEach(listener::tell));
    }

    /** The roster is another. */
    public void changed(Roster roster) {
        if (isDue.compareAndSet(false, true)) {
            vertx.setTimer(waitMillis(), id -> {
                isDue.set(false);
                tell(rosters.get());
            });
        }
    }

    private synchronized long waitMillis() {
        long left = toldNanos + every.toNanos() - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
    }

    private synchronized void tell(Roster roster) {
        Roster before = told;
        told = roster;
        toldNanos = System.nanoTime();
        if (sockets.size() == 0) {
            return;
        }
        Frames.backends(views(roster)).forEach(this::tell);
        for (Member member : roster.members()) {
            Member known = before.named(member.name());
            if (!member.models().equals(known == null ? Map.of() : known.models())) {
                tell(Frames.models(member.name(), models(member)));
            }
        }
        for (Member gone : before.members()) {
            if (roster.named(gone.name()) == null) {
                tell(Frames.models(gone.name(), List.of()));
            }
        }
    }

    @Override
    public void accept(Outcome outcome) {
        if (sockets.size() > 0 && mayTell()) {
            tell(Frames.request(History.entry(outcome)));
        }
    }

    private synchronized boolean mayTell() {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            requests = 0;
        }
        return requests++ < MOST_REQUESTS;
    }

    private void tell(String frame) {
        sockets.tell(anybody -> true, frame);
    }

    private List<ObjectNode> views(Roster roster) {
        return roster.members().stream().map(view::of).toList();
    }

    private List<ObjectNode> models(Member member) {
        return member.models().values().stream()
                .sorted(Comparator.comparing(Card::id))
                .map(card -> view.model(member, card))
                .toList();
    }

    /** Lets all go. */
    @Override
    public void close() {
        sockets.close();
    }
}
