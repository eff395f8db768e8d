package io.llmnet.camel.ensemble;

import io.llmnet.chat.Answer;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Tells the caller how a council has decided. */
final class Headers {
    private static final int MOST_VOTES = 20;
    private static final Set<String> OURS = Set.of(
            "x-llmnet-ensemble",
            "x-llmnet-strategy",
            "x-llmnet-ensemble-reason",
            "x-llmnet-votes",
            "x-llmnet-agreement-score",
            "x-llmnet-seat");

    private Headers() {}

    /** The answer with its own headers and ours; what a council within it has told of itself is no part of this. */
    static Answer onto(Answer answer, Sitting sitting, Decision decision) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.keySet().removeAll(OURS);
        headers.put("x-llmnet-ensemble", plain(sitting.council().name()));
        headers.put("x-llmnet-strategy", decision.by().word());
        // A judge's words may repeat prompts, and headers are logged on their way.
        headers.put(
                "x-llmnet-ensemble-reason",
                decision.by() == Strategy.JUDGE ? "the judge's choice" : plain(decision.reason()));
        headers.put("x-llmnet-votes", votes(decision.votes()));
        if (!Double.isNaN(decision.agreement())) {
            headers.put("x-llmnet-agreement-score", score(decision.agreement()));
        }
        Seat by = by(sitting, decision);
        headers.put("x-llmnet-seat", plain(by.name()));
        headers.putIfAbsent("x-llmnet-model", plain(by.model()));
        return new Answer(
                answer.status(), answer.contentType(), answer.body(), answer.trace(), answer.spent(), headers);
    }

    /** Who made the answer: a member, or the judge who made one of all. */
    private static Seat by(Sitting sitting, Decision decision) {
        var judge = sitting.council().terms().judge();
        return decision.winner() < 0 && judge != null
                ? judge.seat()
                : sitting.council().seats().get(Math.max(0, decision.winner()));
    }

    private static String votes(List<Decision.Vote> votes) {
        StringJoiner all = new StringJoiner(", ");
        votes.stream()
                .limit(MOST_VOTES)
                .forEach(vote -> all.add(plain(vote.seat()) + "="
                        + vote.end().name().toLowerCase(Locale.ROOT)
                        + (vote.score() > 0 ? ";" + score(vote.score()) : "")));
        return all.toString();
    }

    static String score(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    /** What a header can hold of a text; the rest becomes {@code _}. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(c >= ' ' && c <= '~' ? (char) c : '_'));
        return plain.toString();
    }
}
