package io.llmnet.routing;

import io.llmnet.registry.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A plan in the making: takes the models that will do one after the other. Belongs to one decision. */
final class Draft {
    /** More than that a request hardly ever tries; who comes later has no place of its own. */
    private static final int PLACED = 8;

    private static final String FURTHER = "further";

    private final long conversation;
    private final Measure measure;
    private final Purse purse;
    private final long nowNanos;
    private final SplittableRandom random;
    private final List<Exclusion> exclusions = new ArrayList<>();
    private final List<Reluctant> reluctant = new ArrayList<>();
    private final List<Group> poor = new ArrayList<>();
    private List<Candidate> candidates = List.of();
    private int models;

    /** Offers of one model of which none is left out any more. */
    private record Group(String model, @Nullable String fallbackFor, Gates gates, List<Offer> offers, int turn) {
        String reason(String why) {
            if (offers.size() == 1) {
                return reason("only_healthy_backend", fallbackFor != null);
            }
            return reason(why, fallbackFor != null);
        }

        private String reason(String why, boolean isFallback) {
            return isFallback ? "fallback:" + model + ":" + why : why;
        }

        Candidate candidate(Offer offer, String why) {
            return Candidate.of(offer, reason(why), fallbackFor);
        }
    }

    /** One that comes last, and when it is back. */
    private record Reluctant(Group group, Offer offer, int model, long nanos) {
        Candidate candidate() {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
            return group.candidate(offer, "reluctant:" + offer.member().name() + ":" + seconds + "s");
        }
    }

    Draft(long conversation, Measure measure, Purse purse, long nowNanos, SplittableRandom random) {
        this.conversation = conversation;
        this.measure = measure;
        this.purse = purse;
        this.nowNanos = nowNanos;
        this.random = random;
    }

    boolean isEmpty() {
        return candidates.isEmpty() && reluctant.isEmpty();
    }

    List<Candidate> candidates() {
        return candidates;
    }

    List<Exclusion> exclusions() {
        return exclusions;
    }

    /** Takes those who offer a model, after what is there. */
    void add(String model, @Nullable String fallbackFor, List<Offer> offers, Gates gates, int turn) {
        List<Offer> fit = new ArrayList<>(offers.size());
        List<Offer> lower = new ArrayList<>(0);
        List<Offer> bad = new ArrayList<>(0);
        for (int i = 0; i < offers.size(); i++) {
            Offer offer = offers.get(i);
            Exclusion out = gates.exclusion(offer);
            boolean isPoor = out == null && gates.isPoor(offer);
            Exclusion unable = out == null ? gates.unable(offer) : null;
            if (out != null) {
                exclusions.add(out);
            } else if (unable != null) {
                exclusions.add(isPoor ? gates.poor(offer) : unable);
            } else {
                (isPoor ? bad : gates.isBelowTier(offer) ? lower : fit).add(offer);
            }
        }
        if (!fit.isEmpty()) {
            lower.forEach(offer -> exclusions.add(gates.belowTier(offer)));
        }
        if (!bad.isEmpty()) {
            poor.add(new Group(model, fallbackFor, gates, bad, turn));
        }
        place(new Group(model, fallbackFor, gates, fit.isEmpty() ? lower : fit, turn));
    }

    /** Lets those in after all that fail too often, if nobody else is left, and puts the reluctant at the end. */
    void finish() {
        boolean isNeeded = isEmpty();
        for (Group group : poor) {
            if (isNeeded) {
                place(group);
            } else {
                group.offers().forEach(offer -> exclusions.add(group.gates().poor(offer)));
            }
        }
        if (!reluctant.isEmpty()) {
            reluctant.sort(Comparator.comparingInt(Reluctant::model).thenComparingLong(Reluctant::nanos));
            List<Candidate> all = new ArrayList<>(candidates);
            reluctant.forEach(one -> all.add(one.candidate()));
            candidates = all;
        }
    }

    private void place(Group group) {
        List<Offer> offers = group.offers();
        models++;
        Line room = new Line(offers.size(), purse, nowNanos, random);
        Line full = null;
        for (int i = 0; i < offers.size(); i++) {
            Offer offer = offers.get(i);
            if (offer.pulse().isReluctant(nowNanos)) {
                long nanos = offer.pulse().reluctantNanos(nowNanos);
                reluctant.add(new Reluctant(group, offer, models, nanos));
            } else if (offer.member().load().hasRoom()) {
                room.add(offer);
            } else {
                full = full == null ? new Line(offers.size(), purse, nowNanos, random) : full;
                full.add(offer);
            }
        }
        append(group, room, "", conversation);
        if (full != null) {
            append(group, full, "full:", 0);
        }
    }

    private void append(Group group, Line line, String prefix, long sticky) {
        int size = line.size();
        if (size == 0) {
            return;
        }
        if (candidates.isEmpty()) {
            candidates = new ArrayList<>(size);
        }
        measure.measure(line);
        int[] first = line.first(PLACED, group.turn());
        int warmest = sticky == 0 ? -1 : Warmth.warmest(line, measure, first[0], sticky);
        boolean[] isPlaced = new boolean[size];
        if (warmest >= 0) {
            isPlaced[warmest] = true;
            candidates.add(group.candidate(line.offer(warmest), "sticky:" + line.name(warmest)));
        }
        for (int place = 0; place < first.length; place++) {
            int at = first[place];
            if (!isPlaced[at]) {
                isPlaced[at] = true;
                candidates.add(group.candidate(line.offer(at), prefix + measure.reason(line, at, place == 0)));
            }
        }
        for (int i = 0; i < size; i++) {
            if (!isPlaced[i]) {
                candidates.add(group.candidate(line.offer(i), FURTHER));
            }
        }
    }
}
