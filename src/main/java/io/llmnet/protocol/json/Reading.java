package io.llmnet.protocol.json;

import java.util.function.Function;

/**
 * What a model's text was read as: a value, or what is to be mended in the text.
 *
 * <p>Why not an exception: a text that will not do is usual here, and the model is asked once more with the objection.
 */
public sealed interface Reading<T> {
    /** Hands this to the case that fits. */
    <R> R match(Function<T, R> value, Function<String, R> objection);

    /** Reads the value further, if there is one. */
    default <U> Reading<U> then(Function<T, Reading<U>> more) {
        return match(more, Objected::new);
    }

    /** It was understood. */
    record Understood<T>(T value) implements Reading<T> {
        @Override
        public <R> R match(Function<T, R> asValue, Function<String, R> asObjection) {
            return asValue.apply(value);
        }
    }

    /**
     * It will not do.
     *
     * @param objection what is wrong with it, in words that the model can follow
     */
    record Objected<T>(String objection) implements Reading<T> {
        @Override
        public <R> R match(Function<T, R> asValue, Function<String, R> asObjection) {
            return asObjection.apply(objection);
        }
    }
}
