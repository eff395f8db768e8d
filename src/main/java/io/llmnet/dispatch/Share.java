package io.llmnet.dispatch;

/**
 * A budget in proportion to what happens: every request pays in a share of one, what is extra costs a whole. So there can
 * never be much more of it than that share of the requests, however badly things go.
 *
 * <p>After the retry budgets of Finagle and linkerd, without their clock. Safe from any thread.
 */
final class Share {
    /** What may be saved up for later, and is there at the start. */
    private static final double MOST = 10;

    private double saved = MOST / 2;

    /** A request comes. */
    synchronized void earn(double share) {
        saved = Math.min(MOST, saved + share);
    }

    /** Pays for something extra; false when there is not enough. */
    synchronized boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved -= 1;
        return true;
    }
}
