package io.llmnet.cache.meaning;

import org.jspecify.annotations.Nullable;

/**
 * What was found of a question.
 *
 * @param question in numbers; null where it could not be turned into any
 * @param key of the answer to one that means the same; null where there is none
 */
public record Likes(@Nullable Question question, @Nullable String key) {
    /** What is like nothing, as nothing is known of it. */
    public static final Likes NOTHING = new Likes(null, null);
}
