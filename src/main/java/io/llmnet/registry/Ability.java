package io.llmnet.registry;

/** Whether a model can do something, as far as anybody knows. */
public enum Ability {
    YES,
    NO,
    UNKNOWN;

    public static Ability of(boolean can) {
        return can ? YES : NO;
    }

    /** This, or what {@code other} knows where this knows nothing. */
    public Ability or(Ability other) {
        return this == UNKNOWN ? other : this;
    }
}
