package io.llmnet.gateway;

import io.llmnet.chat.Demand;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Offer;
import org.jspecify.annotations.Nullable;

/**
 * A model was seen to do what nobody knew that it can: the last source of what is known of it.
 *
 * @param backend where
 * @param model its name there
 * @param can {@code YES} for what it did, {@code UNKNOWN} for all else
 */
public record Sight(String backend, String model, Capabilities can) {
    /** What a good answer to such a demand tells; null where it tells nothing new. */
    static @Nullable Sight of(Offer offer, Demand demand) {
        if (!demand.vision() && !demand.tools() && !demand.json()) {
            return null;
        }
        Capabilities known = offer.card().capabilities();
        Ability vision = seen(demand.vision(), known.vision());
        Ability tools = seen(demand.tools(), known.tools());
        Ability json = seen(demand.json(), known.json());
        if (vision == Ability.UNKNOWN && tools == Ability.UNKNOWN && json == Ability.UNKNOWN) {
            return null;
        }
        return new Sight(
                offer.member().name(),
                offer.card().id(),
                new Capabilities(0, 0, vision, tools, json, Ability.UNKNOWN, Ability.UNKNOWN));
    }

    private static Ability seen(boolean wanted, Ability known) {
        return wanted && known == Ability.UNKNOWN ? Ability.YES : Ability.UNKNOWN;
    }
}
