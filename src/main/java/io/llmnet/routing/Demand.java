package io.llmnet.routing;

import io.llmnet.registry.Zone;
import org.jspecify.annotations.Nullable;

/**
 * What policies and the caller demand of whoever answers.
 *
 * @param home whether only backends at home may answer
 * @param tier the worst that will do; 0 for any
 * @param strict whether nobody answers rather than one of a worse tier
 */
record Demand(boolean home, int tier, boolean strict) {
    static final Demand NONE = new Demand(false, 0, false);

    /** Both this and another: a model that stands in for a secret one may leave home no more than that one. */
    Demand and(Demand other) {
        if (tier == 0 || other.tier == 0) {
            Demand tiered = tier == 0 ? other : this;
            return new Demand(home || other.home, tiered.tier, tiered.strict);
        }
        return new Demand(home || other.home, Math.min(tier, other.tier), strict || other.strict);
    }

    Demand said(Wish.Strictness strictness) {
        return switch (strictness) {
            case POLICY -> this;
            case STRICT -> new Demand(home, tier, true);
            case FLEXIBLE -> new Demand(home, tier, false);
        };
    }

    @Nullable
    Zone zone() {
        return home ? Zone.RESTRICTED : null;
    }
}
