package io.llmnet.ensemble;

import org.jspecify.annotations.Nullable;

/**
 * One place in a council.
 *
 * @param name unique in its council; shown to callers and in metrics. Ties fall by it
 * @param model who sits there: a model that the gateway finds somebody for, or a model of the same pipeline
 * @param backend the only backend that may answer for it; null for the best
 * @param weight how much its voice counts; 1 is usual
 */
public record Seat(String name, String model, @Nullable String backend, double weight) {
    public Seat {
        if (name.isEmpty() || model.isEmpty() || !(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("seat " + name + ", model " + model + ", weight " + weight);
        }
    }

    /** A model's, with a usual voice. */
    public static Seat of(String model) {
        return new Seat(model, model, null, 1);
    }
}
