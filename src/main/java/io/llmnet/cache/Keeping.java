package io.llmnet.cache;

import io.llmnet.embedding.Embeddings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Under what an answer is kept, and for how long.
 *
 * @param key of everything that makes the answer what it is: two requests of one key may have one answer
 * @param ttl how long; zero where it is shared with those who ask at the same time only
 * @param reads whether an answer that was kept will do
 * @param writes whether the answer may be kept; where it is neither read nor kept, it is not shared either
 * @param meaning where an answer to a similar question will do; null for nowhere
 * @param maxAge how old an answer that was kept may be; null for any age
 */
public record Keeping(
        String key,
        Duration ttl,
        boolean reads,
        boolean writes,
        @Nullable Meaning meaning,
        @Nullable Duration maxAge) {
    /** An answer of any age will do. */
    public Keeping(String key, Duration ttl, boolean reads, boolean writes, @Nullable Meaning meaning) {
        this(key, ttl, reads, writes, meaning, null);
    }

    /** Neither read nor kept. */
    public static Keeping nothing() {
        return new Keeping("", Duration.ZERO, false, false, null);
    }

    /** Whether it has nothing to do with what is kept. */
    public boolean isNothing() {
        return !reads && !writes;
    }

    /** The same, but what was kept will not do. */
    Keeping unread() {
        return new Keeping(key, ttl, false, writes, null, null);
    }

    /**
     * What a similar question is.
     *
     * @param scope the key of everything but the question
     * @param question the words compared
     * @param threshold the likeness, 0 to 1, from which on they mean the same
     */
    public record Meaning(String scope, String question, double threshold) {
        /** Of a longer question only the start would be compared: it has no meaning. */
        public static final int LONGEST = Embeddings.LONGEST_TEXT;
    }
}
