package io.llmnet.ensemble;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * By what an ensemble decides; each strategy uses those that it needs.
 *
 * @param hedgeAfter FASTEST: when the next member is asked while the one before it is silent
 * @param quorum VOTING: answers of one meaning that decide at once; 0 for more than half of all members
 * @param similarity from which likeness on, 0 to 1, two answers mean the same
 * @param likeness how that is found
 * @param agreement CONSENSUS: the share of members asked that must agree, above 0 to 1
 * @param confidence CASCADE: from which confidence on, 0 to 1, an answer needs no second opinion
 * @param fallback CONSENSUS: what decides where they do not agree, null for nothing, which fails the request;
 *     JUDGE, MERGE: what decides where the judge is of no help, null for VOTING; see {@link Strategy#fallbacks()}
 * @param judge who picks or merges; null where no strategy needs one
 * @param seed of the order in which the judge sees the answers
 */
public record Terms(
        Duration hedgeAfter,
        int quorum,
        double similarity,
        Likeness likeness,
        double agreement,
        double confidence,
        @Nullable Strategy fallback,
        @Nullable Judge judge,
        long seed) {
    public static final Terms USUAL =
            new Terms(Duration.ofMillis(300), 0, 0.85, Likeness.WORDS, 0.7, 0.7, null, null, 0);

    /** How it is found out whether two answers mean the same, where they are not equal anyway. */
    public enum Likeness {
        /** They do not, unless they are equal as JSON, or but for case, space and what is wrapped around them. */
        EXACT,
        /** They are the same words, but for filling ones and ways of spelling (Levenshtein). */
        WORDS,
        /** By the cosine of their embeddings, made in this process; numbers, signs and denials must be equal. */
        EMBEDDING
    }

    /**
     * Who judges.
     *
     * @param seat whose model is asked
     * @param maxTokens of its verdict, or of what it merges; 0 for any
     * @param deadline of its call alone; null for what is left
     * @param share of the whole time that the members have, above 0 and below 1; the judge has what is left
     */
    public record Judge(Seat seat, int maxTokens, @Nullable Duration deadline, double share) {
        public static final int USUAL_TOKENS = 128;
        public static final double USUAL_SHARE = 0.7;

        public static Judge of(Seat seat) {
            return new Judge(seat, USUAL_TOKENS, null, USUAL_SHARE);
        }
    }

    /** The same with this judge. */
    public Terms with(@Nullable Judge other) {
        return new Terms(hedgeAfter, quorum, similarity, likeness, agreement, confidence, fallback, other, seed);
    }
}
