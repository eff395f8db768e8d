package io.llmnet.registry;

import org.jspecify.annotations.Nullable;

/**
 * One model of one backend.
 *
 * @param id its name there, as requests must say it
 * @param price what it costs; null where nobody has said, which is free at home
 * @param loaded whether it is in memory and answers at once; a backend that does not tell is {@code UNKNOWN}
 * @param sizeBytes of its weights; 0 where nobody knows
 * @param createdSeconds when it was made, in seconds since 1970; 0 where nobody knows
 */
public record Card(
        String id,
        Capabilities capabilities,
        @Nullable Price price,
        Ability loaded,
        long sizeBytes,
        long createdSeconds) {
    /** A model of which only the name is known. */
    public static Card named(String id) {
        return new Card(id, Capabilities.UNKNOWN, null, Ability.UNKNOWN, 0, 0);
    }

    public Card with(Capabilities others) {
        return new Card(id, others, price, loaded, sizeBytes, createdSeconds);
    }

    public Card at(@Nullable Price other) {
        return new Card(id, capabilities, other, loaded, sizeBytes, createdSeconds);
    }

    /** The same, of a model of another name. */
    public Card as(String other) {
        return new Card(other, capabilities, price, loaded, sizeBytes, createdSeconds);
    }

    /** The same, now that it is known whether it is in memory. */
    public Card loaded(boolean isLoaded) {
        return new Card(id, capabilities, price, Ability.of(isLoaded), sizeBytes, createdSeconds);
    }
}
