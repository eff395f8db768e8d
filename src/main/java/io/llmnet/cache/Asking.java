package io.llmnet.cache;

import io.llmnet.cache.store.Kept;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;

/**
 * What one asks, and what will do for it.
 *
 * @param cache whose clocks count
 */
record Asking(AnswerCache cache, Call call, Keeping keeping) {
    /** The same, but what was kept will not do. */
    Asking unread() {
        return new Asking(cache, call, keeping.unread());
    }

    /** Whether the answer must tell its usage: one that comes whole does, a stream where that was asked for. */
    boolean wantsUsage() {
        return !call.stream() || call.includeUsage();
    }

    /** Whether it cannot take an answer as it comes, but must have it whole. */
    boolean wantsWhole(Answer head) {
        return head.isOk() && head.isEventStream() && !call.stream() && call.dialect() == Call.Dialect.CHAT;
    }

    /** Whether what was kept will do. */
    boolean takes(Kept kept) {
        boolean isYoung = keeping.maxAge() == null
                || cache.millis() - kept.madeMillis() <= keeping.maxAge().toMillis();
        return isYoung && (kept.tellsUsage() || !wantsUsage());
    }

    /** What is left of its time. */
    long leftNanos() {
        return Math.max(0, call.deadline().leftNanos(cache.nanoTime()));
    }

    boolean isOver() {
        return call.deadline().isOver(cache.nanoTime());
    }

    /** Whether it has more time than another, and not only because it came a little later: by a quarter of what it has. */
    boolean hasMoreTimeThan(Asking other) {
        long left = leftNanos();
        return left - other.leftNanos() > left / 4;
    }

    /** Whether a failure is its own, of which nothing follows for others who want the same. */
    boolean owns(Throwable failure) {
        Fault fault = failure instanceof ChatException chat ? chat.fault() : Fault.INTERNAL;
        return (fault == Fault.TIMED_OUT && isOver()) || fault == Fault.CANCELLED || fault == Fault.LOOP_DETECTED;
    }
}
