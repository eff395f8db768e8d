package io.llmnet.ensemble;

import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Move.Step;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How it is said that there is no answer. */
final class Nothing {
    private static final int LONGEST_TROUBLE = 120;
    private static final int MOST_TROUBLES = 8;

    private Nothing() {}

    /** Nobody has answered: all have failed, or the time is over. */
    static Step of(Ballots ballots) {
        List<Vote> votes = ballots.votes(seat -> 0);
        boolean isLate = !ballots.pending().isEmpty();
        String what = isLate
                ? "none of " + asked(votes) + " models answered in time"
                : "all " + votes.size() + " models failed";
        return new Step.Failed(
                new ChatException(isLate ? Fault.TIMED_OUT : Fault.NO_BACKEND, what + troubles(votes)), votes);
    }

    /** Too few agree, and no other strategy is to decide. */
    static Step agreed(Ballots ballots) {
        double score = ballots.agreement();
        String text = String.format(
                Locale.ROOT,
                "too few of %d models agree: score %.3f, needed %.3f; ask again, ask one model, or set a fallback strategy",
                ballots.seats(),
                score,
                ballots.terms().agreement());
        Details details = new Details(
                Map.of("x-llmnet-agreement-score", String.format(Locale.ROOT, "%.3f", score)),
                Map.of(
                        "agreement_score",
                        score,
                        "agreement_threshold",
                        ballots.terms().agreement()));
        return new Step.Failed(
                new ChatException(Fault.NO_AGREEMENT, text).with(details),
                ballots.votes(seat -> (double) ballots.agreeing(seat).size() / ballots.seats()));
    }

    /** The judge holds that none may be shown; its words may tell what they say, so they are not told. */
    static Step passed(Ballots ballots) {
        String text = "the judge lets none of the " + ballots.answers().size()
                + " answers pass; ask otherwise, or ask other models";
        return new Step.Failed(new ChatException(Fault.ANSWERS_REJECTED, text), ballots.votes(seat -> 0));
    }

    /** A trouble as it fits in a line. */
    static String shortened(String trouble) {
        String line = trouble.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TROUBLE ? line : line.substring(0, LONGEST_TROUBLE - 1) + "…";
    }

    private static long asked(List<Vote> votes) {
        return votes.stream().filter(vote -> vote.end() != End.UNASKED).count();
    }

    private static String troubles(List<Vote> votes) {
        List<Vote> failed =
                votes.stream().filter(vote -> vote.end() == End.FAILED).toList();
        if (failed.isEmpty()) {
            return "";
        }
        String more = failed.size() > MOST_TROUBLES ? "; and " + (failed.size() - MOST_TROUBLES) + " more" : "";
        return failed.stream()
                .limit(MOST_TROUBLES)
                .map(vote -> vote.seat() + ": " + shortened(String.valueOf(vote.trouble())))
                .collect(Collectors.joining("; ", ": ", more));
    }
}
