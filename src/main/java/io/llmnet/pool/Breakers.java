package io.llmnet.pool;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.registry.Breaker;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Listed;
import io.llmnet.settings.PoolSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Leaves those alone who fail at a task; at others they may do well. Safe from any thread. */
final class Breakers {
    /** One for each task and member of the settings, so not many. */
    private record Pair(String task, String seat) {}

    /** How one member does at one task. */
    private static final class Conduct {
        final Breaker breaker = new Breaker();
        final AtomicInteger overtaken = new AtomicInteger();
    }

    /** Overtaken so often in a row, a member hangs, or is so slow that to ask it first is a waste of time. */
    private static final int HANGS = 5;

    /** How the trouble of a member begins that was answered so. */
    private static final List<String> CLIENTS_MISTAKES = List.of("400 ", "413 ", "422 ");

    private final Map<Pair, Conduct> conducts = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private volatile List<Listed> listed = List.of();
    private final BiConsumer<String, String> opened;

    /**
     * All closed.
     *
     * @param opened told the task and the seat whose breaker opens
     */
    Breakers(LongSupplier nanos, BiConsumer<String, String> opened) {
        this.nanos = nanos;
        this.opened = opened;
    }

    /** The settings may have changed: whoever is listed otherwise now may be mended, and is tried anew. */
    void know(GatewaySettings now) {
        List<Listed> before = listed;
        List<Listed> after = now.backends();
        if (before.equals(after)) {
            return;
        }
        listed = after;
        Set<String> changed = new HashSet<>();
        before.stream().filter(one -> !after.contains(one)).forEach(one -> changed.add(one.name()));
        after.stream().filter(one -> !before.contains(one)).forEach(one -> changed.add(one.name()));
        Stream.concat(
                        now.pool().tasks().values().stream(),
                        Stream.ofNullable(now.pool().others()))
                .map(PoolSettings.Task::council)
                .forEach(council -> council.seats().stream()
                        .filter(seat -> seat.backend() == null || changed.contains(seat.backend()))
                        .forEach(seat -> conducts.remove(new Pair(council.name(), seat.name()))));
    }

    /** The council without those who are left alone; where nobody would be left, or all count, all of it. */
    Council willing(Council council) {
        long now = nanos.getAsLong();
        List<Seat> willing = isCounted(council) ? council.seats() : closed(council, now);
        Council asked = willing.isEmpty() || willing.size() == council.seats().size() ? council : council.with(willing);
        asked.seats().forEach(seat -> of(council, seat.name()).breaker.tries(now));
        return asked;
    }

    /** Whether a share of all must agree: without some, fewer would do. */
    private static boolean isCounted(Council council) {
        return council.strategy() == Strategy.CONSENSUS;
    }

    private List<Seat> closed(Council council, long now) {
        return council.seats().stream()
                .filter(seat -> !of(council, seat.name()).breaker.isOpen(now))
                .toList();
    }

    /**
     * It has decided.
     *
     * @param isPatient whether members had as much time as usual, so that who was late has failed
     */
    void learn(Council asked, Decision decision, boolean isPatient, Breaker.Terms terms) {
        List<Decision.Vote> votes = decision.votes();
        for (int seat = 0; seat < votes.size(); seat++) {
            Decision.Vote vote = votes.get(seat);
            String name = vote.seat();
            switch (vote.end()) {
                case ANSWERED -> answered(asked, name);
                case FAILED -> failed(asked, name, !isClientsMistake(vote), terms);
                case LATE -> failed(asked, name, isPatient, terms);
                case UNASKED -> of(asked, name).breaker.trialOver();
                case DISMISSED -> dismissed(asked, name, isOvertaken(seat, decision), terms);
            }
        }
    }

    /** Of those who are asked one after another, one before the winner has let its time pass. */
    private static boolean isOvertaken(int seat, Decision decision) {
        boolean isOneByOne = decision.by() == Strategy.FASTEST || decision.by() == Strategy.CASCADE;
        return isOneByOne && seat < decision.winner();
    }

    /** A request that is wrong tells nothing of who refuses it. */
    private static boolean isClientsMistake(Decision.Vote vote) {
        String trouble = vote.trouble();
        return trouble != null && CLIENTS_MISTAKES.stream().anyMatch(trouble::startsWith);
    }

    /** These have failed, and of the others nothing is known. */
    void learn(Council asked, List<Seat> failed, Breaker.Terms terms) {
        for (Seat seat : asked.seats()) {
            if (failed.contains(seat)) {
                failed(asked, seat.name(), true, terms);
            } else {
                of(asked, seat.name()).breaker.trialOver();
            }
        }
    }

    private void answered(Council asked, String seat) {
        Conduct conduct = of(asked, seat);
        conduct.overtaken.set(0);
        conduct.breaker.succeeded();
    }

    private void failed(Council asked, String seat, boolean isItsFault, Breaker.Terms terms) {
        if (!isItsFault) {
            of(asked, seat).breaker.trialOver();
        } else if (of(asked, seat).breaker.failed(nanos.getAsLong(), terms)) {
            opened.accept(asked.name(), seat);
        }
    }

    private void dismissed(Council asked, String seat, boolean isOvertaken, Breaker.Terms terms) {
        Conduct conduct = of(asked, seat);
        if (!isOvertaken || conduct.overtaken.incrementAndGet() < HANGS) {
            conduct.breaker.trialOver();
            return;
        }
        conduct.overtaken.set(0);
        if (conduct.breaker.trip(nanos.getAsLong(), terms)) {
            opened.accept(asked.name(), seat);
        }
    }

    private Conduct of(Council council, String seat) {
        return conducts.computeIfAbsent(new Pair(council.name(), seat), fresh -> new Conduct());
    }
}
