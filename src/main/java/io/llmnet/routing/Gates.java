package io.llmnet.routing;

import io.llmnet.registry.Health;
import io.llmnet.registry.Member;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Price;
import io.llmnet.registry.Rates;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Exclusion.Gate;
import org.jspecify.annotations.Nullable;

/**
 * Says for one request which offers may be asked. Two gates give way where they would leave nobody: a tier that is not
 * demanded strictly, and quality; they are asked separately.
 */
record Gates(Needs needs, Demand demand, Purse purse, Rules.Quality quality, long nowNanos) {
    /** What keeps an offer out for good; null when nothing does. */
    @Nullable
    Exclusion exclusion(Offer offer) {
        Member member = offer.member();
        if (!member.isUp()) {
            return down(member);
        }
        if (demand.home() && member.said().zone() == Zone.OPEN) {
            return new Exclusion(
                    member.name(),
                    Gate.PRIVACY,
                    "in zone open, and the policy of this model demands restricted",
                    "serve the model at home, or let its policy say zone open");
        }
        Exclusion broke = purse == Purse.OPEN || purse == Purse.CAREFUL ? null : broke(offer);
        if (broke != null) {
            return broke;
        }
        return demand.strict() && isBelowTier(offer) ? belowTier(offer) : null;
    }

    private static Exclusion down(Member member) {
        String trouble = member.trouble();
        Health health = member.health();
        if (health == Health.DRAINING) {
            return new Exclusion(member.name(), Gate.HEALTH, "draining", "wait, or let it go on");
        }
        if (health == Health.UNKNOWN) {
            return new Exclusion(member.name(), Gate.HEALTH, "not yet probed", "try again in a few seconds");
        }
        return new Exclusion(
                member.name(), Gate.HEALTH, trouble == null ? "not well" : trouble, "start it, or mend it");
    }

    private @Nullable Exclusion broke(Offer offer) {
        if (purse == Purse.SHUT) {
            return new Exclusion(
                    offer.member().name(),
                    Gate.BUDGET,
                    "the budget of this month is spent",
                    "raise the budget, or wait for the next month");
        }
        return !costs(offer)
                ? null
                : new Exclusion(
                        offer.member().name(),
                        Gate.BUDGET,
                        "costs money, and the budget of this month is spent",
                        "raise the budget, or serve the model at home");
    }

    /** Whether somebody is paid for it. */
    static boolean costs(Offer offer) {
        Price price = offer.card().price();
        return offer.member().said().zone() == Zone.OPEN
                || (price != null && (price.prompt() > 0 || price.completion() > 0));
    }

    boolean isBelowTier(Offer offer) {
        return demand.tier() > 0 && offer.member().said().tier() > demand.tier();
    }

    Exclusion belowTier(Offer offer) {
        return new Exclusion(
                offer.member().name(),
                Gate.TIER,
                "of tier " + offer.member().said().tier() + ", and " + demand.tier() + " or better is demanded",
                "add a backend of that tier, or be flexible");
    }

    /** Whether it has failed too often of late. */
    boolean isPoor(Offer offer) {
        Rates rates = offer.pulse().lastHour();
        if (!rates.mayHoldFailures()) {
            return false;
        }
        Rates.Count count = count(offer);
        return count.total() >= quality.minSamples() && count.failureRate() >= quality.maxErrorRate();
    }

    Exclusion poor(Offer offer) {
        Rates.Count count = count(offer);
        return new Exclusion(
                offer.member().name(),
                Gate.QUALITY,
                count.failures() + " of its last " + count.total() + " requests failed",
                "look into its log; it is asked again when these are past");
    }

    private Rates.Count count(Offer offer) {
        return offer.pulse().lastHour().count(nowNanos, quality.window().toNanos());
    }

    /** What the model cannot do; null when nothing is known to be wanting. */
    @Nullable
    Exclusion unable(Offer offer) {
        Abilities.Lack lack = Abilities.lack(needs, offer.card().capabilities());
        if (lack == null) {
            return null;
        }
        String reason = lack == Abilities.Lack.CONTEXT
                ? "its context is " + offer.card().capabilities().contextTokens() + " tokens, and "
                        + Abilities.wanted(needs) + " are wanted"
                : lack.words();
        return new Exclusion(offer.member().name(), Gate.CAPABILITY, reason, lack.mend());
    }
}
