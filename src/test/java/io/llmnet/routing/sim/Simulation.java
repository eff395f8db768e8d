package io.llmnet.routing.sim;

import io.llmnet.registry.Breaker;
import io.llmnet.registry.Card;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.House;
import io.llmnet.routing.Needs;
import io.llmnet.routing.Plan;
import io.llmnet.routing.Purse;
import io.llmnet.routing.Router;
import io.llmnet.routing.Rules;
import io.llmnet.routing.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Requests that come, are routed, wait, are worked on or refused and routed on, event by event under virtual time. The
 * router, the counters and the breakers are the real ones; only the servers and the clock are not.
 */
final class Simulation {
    private static final long NANOS = 1_000_000;
    private static final double REFUSED_MILLIS = 1;

    /** How one request went. */
    record Done(double cameMillis, String server, double waitedMillis, double tookMillis, int refusals, long talk) {}

    private record Event(double atMillis, long number, Runnable what) {}

    private final House house = new House();
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private final Router router;
    private final SplittableRandom random = new SplittableRandom(42);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::atMillis).thenComparingLong(Event::number));
    private final List<Done> done = new ArrayList<>();
    private double nowMillis;
    private long count;

    Simulation(Rules rules, List<Server> servers) {
        this.router = new Router(rules, new SplittableRandom(7));
        for (Server server : servers) {
            this.servers.put(server.name(), server);
            house.put(House.said(server.name()));
        }
    }

    /** Requests at random times, so many a second on average. */
    Simulation arrivals(double perSecond, double untilMillis, int conversations) {
        double at = exponential(1000 / perSecond);
        while (at < untilMillis) {
            long talk = conversations == 0 ? 0 : 1 + random.nextInt(conversations);
            at(at, () -> request(nowMillis, talk));
            at += exponential(1000 / perSecond);
        }
        return this;
    }

    /** Looks after every server each five seconds, as the registry is told it. */
    Simulation probes(double untilMillis) {
        for (double at = 5000; at < untilMillis; at += 5000) {
            at(at, () -> servers.values().forEach(this::probe));
        }
        return this;
    }

    private void probe(Server server) {
        Duration took = Duration.ofMillis(1);
        Report report = server.isDown(nowMillis)
                ? Report.failed("connection refused", took)
                : Report.well(List.of(Card.named(House.MODEL)), 0, null, took);
        house.registry().report(server.name(), report, Registry.Thresholds.USUAL);
    }

    /** Requests all at once. */
    Simulation burst(int requests, double atMillis) {
        for (int i = 0; i < requests; i++) {
            at(atMillis, () -> request(nowMillis, 0));
        }
        return this;
    }

    List<Done> run() {
        while (!events.isEmpty()) {
            Event event = events.remove();
            nowMillis = event.atMillis();
            event.what().run();
        }
        return done;
    }

    /** The most requests that a server had at once. */
    int most(String server) {
        return most.getOrDefault(server, 0);
    }

    private void at(double millis, Runnable what) {
        events.add(new Event(millis, count++, what));
    }

    private long nanos() {
        return (long) (nowMillis * NANOS);
    }

    /** Math.log may differ in its last bit from machine to machine; this does not. */
    private double exponential(double mean) {
        return -StrictMath.log(1 - random.nextDouble()) * mean;
    }

    private void request(double came, long talk) {
        Wish wish = new Wish(House.MODEL, Needs.NONE, Wish.Strictness.POLICY, talk);
        Plan plan = (Plan) router.decide(wish, house.roster(), Purse.OPEN, nanos());
        attempt(plan.candidates(), 0, came, talk);
    }

    private void attempt(List<Candidate> candidates, int at, double came, long talk) {
        if (at == candidates.size()) {
            done.add(new Done(came, "nobody", 0, nowMillis - came, at, talk));
            return;
        }
        Offer offer = Objects.requireNonNull(candidates.get(at).offer());
        Server server =
                Objects.requireNonNull(servers.get(candidates.get(at).backend().name()));
        double sent = nowMillis;
        offer.member().load().enter();
        most.merge(server.name(), offer.member().load().inFlight(), Math::max);
        offer.pulse().breaker().tries(nanos());
        if (server.isDown(nowMillis)) {
            at(nowMillis + REFUSED_MILLIS, () -> {
                offer.member().load().leave();
                offer.pulse().failed(nanos(), Breaker.Terms.USUAL);
                attempt(candidates, at + 1, came, talk);
            });
            return;
        }
        server.take(() -> {
            double waited = nowMillis - sent;
            double first = server.firstMillis() * (0.5 + random.nextDouble());
            double rest = exponential(server.wholeMillis() - server.firstMillis());
            at(nowMillis + first, () -> offer.pulse().succeeded(true, (long) ((nowMillis - sent) * NANOS), nanos()));
            at(nowMillis + first + rest, () -> {
                offer.member().load().leave();
                server.finish();
                done.add(new Done(came, server.name(), waited, nowMillis - came, at, talk));
            });
        });
    }
}
