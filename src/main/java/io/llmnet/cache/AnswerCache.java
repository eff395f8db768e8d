package io.llmnet.cache;

import io.llmnet.cache.meaning.Meanings;
import io.llmnet.cache.store.Store;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The cache: who asks gets what is kept, joins who is asking the same already, or asks, and what comes is kept. One for the
 * whole process, safe from any thread.
 *
 * <p>Whoever gets what was kept, or shares, has used nothing: only the tab of who asked is charged. The body tells the usage
 * of the one who asked, as it is part of the answer.
 */
public final class AnswerCache implements Answers, AutoCloseable {
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final Counts counts = new Counts();
    private final AtomicLong shared = new AtomicLong();
    private final Meanings meanings;
    private final Alarm alarm;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final long mostShared;
    private volatile Store store;
    private long failuresBefore;

    /**
     * Over what a store keeps, which it closes.
     *
     * @param meanings finds questions that mean the same
     * @param nanoTime the clock of deadlines
     * @param clock by which answers grow old; the same for all who share the store
     * @param mostShared bytes on their way to callers that may be held together, so that others can join; beyond it nobody
     *     can, and who is slow slows down
     */
    public AnswerCache(
            Store store, Meanings meanings, Alarm alarm, LongSupplier nanoTime, InstantSource clock, long mostShared) {
        this.store = store;
        this.meanings = meanings;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.mostShared = mostShared;
    }

    @Override
    public CompletionStage<Answer> answer(Call call, Keeping keeping, Function<Call, CompletionStage<Answer>> ask) {
        if (keeping.isNothing()) {
            counts.add(Given.BYPASS);
            return ask.apply(call).thenApply(answer -> Passing.stripped(answer).telling(Given.BYPASS.header()));
        }
        Waiter waiter = new Waiter(this, call, keeping, ask);
        waiter.begin();
        return waiter.answer();
    }

    /** Has who waits join a flight, or begin one. */
    void seat(Waiter waiter) {
        Flight flight = flights.compute(
                waiter.keeping().key(),
                (key, now) -> now != null && now.takes(waiter) ? now : new Flight(this, waiter));
        waiter.sits(flight);
        if (flight.leader() == waiter) {
            flight.start();
        }
    }

    /** Nobody can join that flight any more. */
    void closed(Flight flight) {
        flights.remove(flight.leader().keeping().key(), flight);
    }

    /** Keeps answers there from now on; the one before is closed. */
    public synchronized void use(Store other) {
        Store before = store;
        store = other;
        failuresBefore += before.failures();
        before.close();
    }

    /** Where answers came from. */
    public Counts counts() {
        return counts;
    }

    /** Answers kept in memory. */
    public long entries() {
        return store.entries();
    }

    /** How often a store could not be used. */
    public synchronized long failures() {
        return failuresBefore + store.failures();
    }

    Store store() {
        return store;
    }

    Meanings meanings() {
        return meanings;
    }

    Alarm alarm() {
        return alarm;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return clock.millis();
    }

    /** Holds so many more bytes, or less than none; false when that is more than it may. */
    boolean hold(long bytes) {
        return shared.addAndGet(bytes) <= mostShared;
    }

    /** Whether as much is held as may be. */
    boolean isFull() {
        return shared.get() > mostShared;
    }

    @Override
    public void close() {
        store.close();
    }
}
