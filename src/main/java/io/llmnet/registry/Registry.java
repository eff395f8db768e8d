package io.llmnet.registry;

import io.llmnet.backend.Backend;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the roster: finders put backends in and take them out, probes tell how they are. Safe from any thread. */
public final class Registry {
    /**
     * How often a backend must fail, or do well, to be thought otherwise of.
     *
     * @param failures probes that fail in a row
     * @param recoveries probes that do well in a row
     */
    public record Thresholds(int failures, int recoveries) {
        public static final Thresholds USUAL = new Thresholds(3, 2);
    }

    private static final String LATEST = ":latest";

    private final InstantSource clock;
    private final BiFunction<Registration, Card, Card> knowledge;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Integer> streaks = new HashMap<>();
    private final List<Consumer<Roster>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger untold = new AtomicInteger();
    private volatile Roster roster = Roster.EMPTY;

    /**
     * Of nobody yet.
     *
     * @param knowledge adds to what a backend says of a model what else is known of it: by settings, by its name
     */
    public Registry(InstantSource clock, BiFunction<Registration, Card, Card> knowledge) {
        this.clock = clock;
        this.knowledge = knowledge;
    }

    /** The roster now; it does not change under the caller. */
    public Roster roster() {
        return roster;
    }

    /** Tells every roster from now on; on the thread that made it, which must not be kept waiting. */
    public void onChange(Consumer<Roster> listener) {
        listeners.add(listener);
    }

    /** Takes a backend in, or learns better of one. One whose address or language has changed is a new one. */
    public void put(Registration said) {
        synchronized (this) {
            Member known = members.get(said.name());
            if (known != null && known.said().equals(said)) {
                return;
            }
            Member member;
            if (known != null && isSame(known.backend(), said.backend())) {
                Map<String, Card> models = cards(said, known.models().values());
                member = new Member(said, known.health(), models, known.trouble(), known.version(), known.load());
            } else {
                streaks.remove(said.name());
                member = new Member(said, Health.UNKNOWN, cards(said, List.of()), null, null, new Load());
            }
            member.load().limit(said.maxConcurrent(), 0);
            members.put(said.name(), member);
            roster = new Roster(members.values());
        }
        tell();
    }

    /** A new key or more patience does not make another server of it. */
    private static boolean isSame(Backend one, Backend other) {
        return one.url().equals(other.url()) && one.speaks() == other.speaks();
    }

    public void remove(String name) {
        synchronized (this) {
            if (members.remove(name) == null) {
                return;
            }
            streaks.remove(name);
            roster = new Roster(members.values());
        }
        tell();
    }

    /** A backend shall finish what it has and get nothing new, or may go on again. */
    public void drain(String name, boolean wanted) {
        synchronized (this) {
            Member known = members.get(name);
            if (known == null || wanted == (known.health() == Health.DRAINING)) {
                return;
            }
            members.put(name, known.with(wanted ? Health.DRAINING : Health.UNKNOWN, null));
            roster = new Roster(members.values());
        }
        tell();
    }

    /** What is known of models beside what backends say has changed. */
    public void knowMore() {
        synchronized (this) {
            for (Map.Entry<String, Member> one : members.entrySet()) {
                Member known = one.getValue();
                Map<String, Card> cards = new LinkedHashMap<>();
                known.models().forEach((id, card) -> cards.put(id, knowledge.apply(known.said(), card)));
                one.setValue(new Member(
                        known.said(), known.health(), cards, known.trouble(), known.version(), known.load()));
            }
            roster = new Roster(members.values());
        }
        tell();
    }

    /** Learns from a probe of the backend of that name. */
    public void report(String name, Report report, Thresholds thresholds) {
        synchronized (this) {
            Member known = members.get(name);
            if (known == null) {
                return;
            }
            Health health = health(known, report.isWell(), thresholds);
            Map<String, Card> models = report.models() == null ? known.models() : cards(known.said(), report.models());
            Member member = new Member(
                    known.said(),
                    health,
                    models,
                    trouble(known, health, report),
                    report.version() == null ? known.version() : report.version(),
                    known.load());
            known.load().probed(clock.instant(), report.isWell() ? report.took() : null);
            known.load().limit(known.said().maxConcurrent(), report.slots());
            if (member.isUp() && !known.isUp()) {
                known.load().isBack();
            }
            if (member.equals(known)) {
                // A thousand backends that tell nothing new must not cost a thousand rosters.
                return;
            }
            members.put(name, member);
            roster = new Roster(members.values());
        }
        tell();
    }

    private Health health(Member known, boolean isWell, Thresholds thresholds) {
        if (known.health() == Health.DRAINING) {
            return Health.DRAINING;
        }
        int streak = streaks.getOrDefault(known.name(), 0);
        streak = isWell ? Math.max(1, streak + 1) : Math.min(-1, streak - 1);
        streaks.put(known.name(), streak);
        return switch (known.health()) {
            case UNKNOWN -> isWell ? Health.HEALTHY : Health.UNHEALTHY;
            case HEALTHY -> -streak >= thresholds.failures() ? Health.UNHEALTHY : Health.HEALTHY;
            case UNHEALTHY -> streak >= thresholds.recoveries() ? Health.HEALTHY : Health.UNHEALTHY;
            case DRAINING -> Health.DRAINING;
        };
    }

    /** What is wrong as long as it is not well: a success that is not yet believed leaves the last word standing. */
    private static @Nullable String trouble(Member known, Health health, Report report) {
        if (health == Health.HEALTHY) {
            return null;
        }
        return report.isWell() && health == Health.UNHEALTHY ? known.trouble() : report.trouble();
    }

    /** The models that the registration names, whether the backend lists them or not, and those listed that it wants. */
    private Map<String, Card> cards(Registration said, Collection<Card> told) {
        Map<String, Card> cards = new LinkedHashMap<>();
        for (String model : said.models()) {
            if (!Glob.isPattern(model)) {
                cards.put(model, knowledge.apply(said, Card.named(model)));
            }
        }
        List<Card> wanted =
                told.stream().filter(card -> isWanted(said, card.id())).toList();
        // What is named without its tag is what is listed with it.
        wanted.stream().filter(card -> card.id().endsWith(LATEST)).forEach(card -> cards.remove(untagged(card.id())));
        wanted.forEach(card -> cards.put(card.id(), knowledge.apply(said, card)));
        return cards;
    }

    private static boolean isWanted(Registration said, String model) {
        return said.models().isEmpty()
                || said.models().stream()
                        .anyMatch(wanted -> Glob.isPattern(wanted)
                                ? Glob.of(wanted).fits(model)
                                : wanted.equals(model) || (wanted + LATEST).equals(model));
    }

    private static String untagged(String model) {
        return model.substring(0, model.length() - LATEST.length());
    }

    /**
     * Tells the listeners, one thread at a time and without a lock: whoever comes while another tells leaves it to that one,
     * so that the last roster told is always the newest.
     */
    private void tell() {
        if (untold.getAndIncrement() > 0) {
            return;
        }
        int told;
        do {
            told = untold.get();
            Roster now = roster;
            try {
                listeners.forEach(listener -> listener.accept(now));
            } catch (RuntimeException e) {
                untold.set(0);
                throw e;
            }
        } while (!untold.compareAndSet(told, 0));
    }

    /** The backend of that name, as it is known now. */
    public @Nullable Member named(String name) {
        return roster.named(name);
    }
}
