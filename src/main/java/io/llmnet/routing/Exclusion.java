package io.llmnet.routing;

/**
 * Why a backend that has the model is not to be asked.
 *
 * @param backend its name
 * @param gate what has kept it out
 * @param reason what is wrong, for people
 * @param action what would let it in, for people
 */
public record Exclusion(String backend, Gate gate, String reason, String action) {
    /** What can keep a backend out, in the order in which it is looked at. */
    public enum Gate {
        HEALTH("LifecycleReconciler"),
        PRIVACY("PrivacyReconciler"),
        BUDGET("BudgetReconciler"),
        TIER("TierReconciler"),
        QUALITY("QualityReconciler"),
        CAPABILITY("SchedulerReconciler");

        private final String reconciler;

        Gate(String reconciler) {
            this.reconciler = reconciler;
        }

        /** What Nexus calls it in headers and metrics. */
        public String reconciler() {
            return reconciler;
        }
    }
}
