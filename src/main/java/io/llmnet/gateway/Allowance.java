package io.llmnet.gateway;

import io.llmnet.routing.Purse;

/**
 * What may be spent, as it is now.
 *
 * @param purse what it allows
 * @param status {@code Normal}, {@code SoftLimit} or {@code HardLimit}
 * @param utilizationPercent of the limit
 * @param remaining until the limit; less than nothing once it is passed
 */
public record Allowance(Purse purse, String status, double utilizationPercent, double remaining) {
    /** No limit at all. */
    public static final Allowance NONE = new Allowance(Purse.OPEN, "Normal", 0, 0);

    /** Whether callers are to be told of it. */
    public boolean isTight() {
        return !status.equals("Normal");
    }
}
