package io.llmnet.cache;

import io.llmnet.cache.store.Kept;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way to all who wait for it. The first of them leads: what was kept is looked for, and else it asks, on
 * its home; what comes is held until it is whole, so that who comes late gets it from its start, and it can be kept.
 *
 * <p>Nobody slows anybody: the answer is read ahead of all. Where it grows too large for that, nobody can join any more, it
 * is not kept, and who falls far behind slows the others.
 */
final class Flight implements ByteStream.Reader {
    private final AnswerCache cache;
    private final Waiter leader;
    private final Search search;
    private final Cancel cancel = new Cancel();
    private final Audience audience = new Audience();
    private final Spool spool;
    private boolean isOpen = true;
    private boolean keeps;
    private Duration ttl;
    private volatile boolean ended;
    private volatile Search.@Nullable Found found;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Answer head;
    private volatile @Nullable Assembly assembly;

    Flight(AnswerCache cache, Waiter leader) {
        this.cache = cache;
        this.leader = leader;
        this.search = new Search(cache, leader);
        this.spool = new Spool(cache, audience);
        this.keeps = leader.keeping().writes();
        this.ttl = leader.keeping().ttl();
        audience.add(leader);
    }

    Waiter leader() {
        return leader;
    }

    /** Takes in who wants the same, if that is still possible. */
    synchronized boolean takes(Waiter waiter) {
        Keeping keeping = waiter.keeping();
        boolean wantsMore = waiter.asking().wantsUsage() && !leader.asking().wantsUsage();
        // A stream that has begun cannot be asked for anew when the time of its leader is over.
        boolean outlasts = waiter.call().stream() && waiter.asking().hasMoreTimeThan(leader.asking());
        if (!isOpen || !keeping.reads() || wantsMore || outlasts) {
            return false;
        }
        audience.add(waiter);
        keeps |= keeping.writes();
        ttl = keeping.ttl().compareTo(ttl) > 0 ? keeping.ttl() : ttl;
        return true;
    }

    void start() {
        search.result()
                .whenComplete((result, never) -> home(() -> {
                    Search.Found one = result == null ? null : result.orElse(null);
                    if (one == null) {
                        ask();
                    } else {
                        found = one;
                        close();
                        audience.wake();
                    }
                }));
    }

    private void ask() {
        if (isAbandoned()) {
            return;
        }
        CompletionStage<Answer> asked;
        try {
            asked = leader.ask(cancel);
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((answer, why) -> home(() -> told(answer, why)));
    }

    private void told(@Nullable Answer answer, @Nullable Throwable why) {
        if (answer == null) {
            fail(cause(Objects.requireNonNull(why)));
        } else if (isAbandoned()) {
            answer.body().cancel();
        } else {
            assembly = answer.isOk() && isChatStream(answer) ? new Assembly() : null;
            if (Passing.isPassing(answer)) {
                close(); // first, for whoever will not take it asks anew
            }
            head = answer;
            audience.wake();
            answer.body().read(this);
        }
    }

    private static Throwable cause(Throwable why) {
        return why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    }

    private boolean isChatStream(Answer answer) {
        return answer.isEventStream() && leader.call().dialect() == Call.Dialect.CHAT;
    }

    @Override
    public void bytes(byte[] chunk) {
        boolean closes;
        boolean pauses;
        synchronized (this) {
            if (audience.isEmpty()) {
                return;
            }
            spool.add(chunk);
            pauses = spool.pauses(head);
            closes = isOpen && spool.isLarge();
        }
        Assembly assembling = assembly;
        if (assembling != null) {
            assembling.add(chunk);
        }
        if (closes) {
            close();
        }
        if (pauses) {
            body().pause();
        }
        audience.wake();
    }

    @Override
    public void end() {
        if (isAbandoned()) {
            return;
        }
        Assembly assembling = assembly;
        if (assembling != null) {
            assembling.end();
        }
        Kept made = keepable(Objects.requireNonNull(head), assembling);
        CompletionStage<Void> there = made == null ? CompletableFuture.completedStage(null) : keep(made);
        synchronized (this) {
            ended = true;
        }
        // Before it can be found in the store, who comes joins those who have it.
        there.whenComplete((nothing, never) -> close());
        audience.wake();
    }

    private @Nullable Kept keepable(Answer answer, @Nullable Assembly assembled) {
        byte[] body;
        synchronized (this) {
            if (!keeps || ttl.isZero() || ttl.isNegative() || spool.isLarge() || !Lasting.is(answer)) {
                return null;
            }
            body = assembled == null ? spool.all() : assembled.whole();
        }
        return body == null || body.length == 0 || body.length > Kept.MOST_BYTES
                ? null
                : Told.toKeep(answer, body, assembled != null, leader.asking().wantsUsage(), cache.millis());
    }

    private CompletionStage<Void> keep(Kept made) {
        search.learn(ttl);
        return cache.store().write(leader.keeping().key(), made, ttl);
    }

    @Override
    public void failed(ChatException why) {
        fail(why);
    }

    private void fail(Throwable why) {
        failure = why;
        close();
        audience.wake();
    }

    /** Nobody can join any more. */
    private void close() {
        synchronized (this) {
            isOpen = false;
            releaseIfDone();
        }
        cache.closed(this);
    }

    /** Who has left needs nothing any more; when the last has, nobody asks any more. */
    void leave(Waiter waiter) {
        boolean isDeserted;
        boolean resumes;
        synchronized (this) {
            if (!audience.remove(waiter)) {
                return;
            }
            isDeserted = audience.isEmpty() && !ended && failure == null && found == null;
            isOpen &= !isDeserted;
            resumes = spool.resumes(head);
            releaseIfDone();
        }
        if (isDeserted) {
            cache.closed(this);
            home(this::giveUp);
        } else if (resumes) {
            home(this::resume);
        }
    }

    private void giveUp() {
        cancel.cancel();
        if (head != null) {
            body().cancel();
        }
    }

    /** The next bytes from there on, as far as they have come. */
    byte[] next(long place, int most) {
        byte[] chunk;
        boolean resumes;
        synchronized (this) {
            chunk = spool.from(place, most);
            resumes = spool.resumes(head);
        }
        if (resumes) {
            home(this::resume);
        }
        return chunk;
    }

    /** Whether the one who has read so much has read all of it. */
    synchronized boolean isThrough(long place) {
        return ended && place == spool.end();
    }

    private void resume() {
        synchronized (this) {
            if (spool.isPaused()) {
                return;
            }
        }
        body().resume();
    }

    private void releaseIfDone() {
        if (audience.isEmpty() && !isOpen) {
            spool.release();
        }
    }

    private synchronized boolean isAbandoned() {
        return audience.isEmpty();
    }

    private void home(Runnable task) {
        leader.call().home().execute(task);
    }

    private ByteStream body() {
        return Objects.requireNonNull(head).body();
    }

    Search.@Nullable Found found() {
        return found;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    @Nullable
    Answer head() {
        return head;
    }

    boolean hasEnded() {
        return ended;
    }

    /** What the stream of a chat becomes; null where it is none. */
    @Nullable
    Assembly assembly() {
        return assembly;
    }
}
