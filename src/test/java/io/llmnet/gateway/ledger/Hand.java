package io.llmnet.gateway.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is moved by hand. */
final class Hand implements InstantSource {
    private volatile Instant now;

    Hand(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void goTo(String then) {
        now = Instant.parse(then);
    }

    void go(Duration on) {
        now = now.plus(on);
    }
}
