package io.llmnet.routing;

/** What the budget allows now. */
public enum Purse {
    /** Anything. */
    OPEN,
    /** Much is spent: who costs nothing is preferred. */
    CAREFUL,
    /** All is spent: only who costs nothing may be asked. */
    LOCAL_ONLY,
    /** All is spent: nobody may be asked. */
    SHUT
}
