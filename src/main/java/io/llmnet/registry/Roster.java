package io.llmnet.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All backends as they are known at one moment, and who has which model. Immutable, but for the counters in it.
 *
 * <p>A model is found by its name, and by its name without {@code :latest}, as Ollama's users write it. A backend that takes
 * any model, or all that fit a pattern, is found for each of them after those that list it.
 */
public final class Roster {
    public static final Roster EMPTY = new Roster(List.of());

    private static final String LATEST = ":latest";

    private final Map<String, Member> byName = new LinkedHashMap<>();
    private final Map<String, List<Offer>> offers = new HashMap<>();
    private final List<Wild> wild = new ArrayList<>();
    private final Set<String> listed = new TreeSet<>();

    /** A backend that takes models that it does not list. */
    private record Wild(Member member, List<Glob> patterns) {
        boolean takes(String model) {
            for (Glob pattern : patterns) {
                if (pattern.fits(model)) {
                    return true;
                }
            }
            return false;
        }
    }

    Roster(Collection<Member> members) {
        for (Member member : members) {
            byName.put(member.name(), member);
            for (Card card : member.models().values()) {
                add(member, card);
            }
            List<Glob> patterns = member.said().models().stream()
                    .filter(Glob::isPattern)
                    .map(Glob::of)
                    .toList();
            if (!patterns.isEmpty()) {
                wild.add(new Wild(member, patterns));
            }
        }
    }

    private void add(Member member, Card card) {
        String model = card.id();
        Offer offer = new Offer(member, card, member.load().pulse(model));
        add(model, offer);
        if (model.endsWith(LATEST)) {
            String shorter = model.substring(0, model.length() - LATEST.length());
            if (!member.models().containsKey(shorter)) {
                add(shorter, offer);
            }
        }
        if (member.isUp()) {
            listed.add(model);
        }
    }

    private void add(String model, Offer offer) {
        offers.computeIfAbsent(model, name -> new ArrayList<>(1)).add(offer);
    }

    /** All backends, in the order in which they came. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(byName.values());
    }

    public @Nullable Member named(String name) {
        return byName.get(name);
    }

    /** Who has a model, be they well or not; empty when nobody knows it. */
    public List<Offer> offers(String model) {
        List<Offer> known = offers.getOrDefault(model, List.of());
        if (wild.isEmpty()) {
            return Collections.unmodifiableList(known);
        }
        List<Offer> all = new ArrayList<>(known);
        String latest = model + LATEST;
        for (Wild one : wild) {
            Member member = one.member();
            boolean lists =
                    member.models().containsKey(model) || member.models().containsKey(latest);
            if (!lists && one.takes(model)) {
                all.add(new Offer(member, Card.named(model), member.load().pulse(model)));
            }
        }
        return all;
    }

    /** The models of the backends that are well, in order. */
    public Set<String> models() {
        return Collections.unmodifiableSet(listed);
    }

    /** Whether any backend has the model, be it well or not. */
    public boolean knows(String model) {
        return offers.containsKey(model) || wild.stream().anyMatch(one -> one.takes(model));
    }
}
