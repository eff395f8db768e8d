package io.llmnet.camel.alert;

import java.time.Duration;

/**
 * How long a sender waits, and for what.
 *
 * @param connect until the other side has agreed to a WebSocket
 * @param send until the other side has taken a text
 * @param firstPause after a failure, before the next attempt; twice as long after each
 * @param longestPause the most of that
 * @param ping between signs of life that the other side must answer
 * @param grace for what is left at the end
 */
record Pace(
        Duration connect, Duration send, Duration firstPause, Duration longestPause, Duration ping, Duration grace) {
    static final Pace STANDARD = new Pace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));
}
