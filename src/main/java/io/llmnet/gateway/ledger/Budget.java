package io.llmnet.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How much may be spent, as settings say it.
 *
 * @param monthly in a calendar month, in the currency of the prices; null for any amount
 * @param soft the share of it from which who costs nothing is preferred, 0 to 1
 * @param hardAction what happens once all of it is spent
 */
public record Budget(@Nullable Double monthly, double soft, HardAction hardAction) {
    public static final Budget NONE = new Budget(null, 0.75, HardAction.WARN);

    public Budget {
        if ((monthly != null && !(monthly >= 0)) || !(soft >= 0 && soft <= 1)) {
            throw new IllegalArgumentException("monthly " + monthly + ", soft " + soft);
        }
    }

    /** What happens once all is spent. */
    public enum HardAction {
        /** It is told, and who costs nothing is preferred. */
        WARN("Warn"),
        /** Only who costs nothing is asked. */
        LOCAL_ONLY("BlockCloud"),
        /** Nobody is asked. */
        REFUSE("BlockAll");

        private final String nexus;

        HardAction(String nexus) {
            this.nexus = nexus;
        }

        /** What Nexus calls it. */
        public String nexus() {
            return nexus;
        }
    }
}
