package io.llmnet.runner;

import java.time.Duration;

/**
 * How often a program that ends by itself is started again.
 *
 * @param first how long to wait after the first crash; each time twice as long
 * @param most the longest wait
 * @param attempts how many crashes in a row are too many
 * @param steady how long a program must have been ready for its crash to be the first of a row
 * @param grace from being told to end to being killed, in whole seconds
 */
record Pace(Duration first, Duration most, int attempts, Duration steady, Duration grace) {
    static final Pace USUAL =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), 5, Duration.ofMinutes(1), Duration.ofSeconds(8));

    /** How long to wait after that many crashes in a row. */
    Duration pause(int crashes) {
        Duration pause = first.multipliedBy(1L << Math.min(crashes - 1, 20));
        return pause.compareTo(most) > 0 ? most : pause;
    }
}
