package io.llmnet.cache;

import io.llmnet.cache.store.Kept;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One who waits for an answer, and reads it at a pace of its own, by a deadline of its own. All happens on its home; others
 * but wake it.
 */
final class Waiter implements ByteStream {
    private static final int LARGEST_CHUNK = 64 << 10;

    /** Who leads is told by those whom it asked that its time is over, as they know why. */
    private static final long GRACE_NANOS = 1_000_000_000;

    private final AnswerCache cache;
    private final Call call;
    private final Function<Call, CompletionStage<Answer>> ask;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private Asking asking;
    private @Nullable Flight flight;
    private @Nullable Reader reader;
    private Cancel.Listening listening = () -> {};
    private Runnable alarmOff = () -> {};
    private volatile boolean paused;
    private volatile long read;
    private @Nullable ChatException unread;
    private boolean over;
    private boolean isBusy;
    private boolean again;

    Waiter(AnswerCache cache, Call call, Keeping keeping, Function<Call, CompletionStage<Answer>> ask) {
        this.cache = cache;
        this.call = call;
        this.asking = new Asking(cache, call, keeping);
        this.ask = ask;
    }

    Call call() {
        return call;
    }

    Asking asking() {
        return asking;
    }

    Keeping keeping() {
        return asking.keeping();
    }

    CompletionStage<Answer> answer() {
        return answer;
    }

    /** How many bytes it has read. */
    long hasRead() {
        return read;
    }

    void begin() {
        cache.seat(this);
        if (over) {
            return;
        }
        long left = asking.leftNanos();
        alarmOff = cache.alarm()
                .after(leads() ? left + GRACE_NANOS : left, () -> call.home().execute(this::late));
        listening = call.cancel().onCancel(() -> call.home().execute(this::left));
    }

    void sits(Flight here) {
        flight = here;
        wake();
    }

    private boolean leads() {
        return flight != null && flight.leader() == this;
    }

    CompletionStage<Answer> ask(Cancel cancel) {
        return ask.apply(call.withCancel(cancel));
    }

    /** Something has happened: it looks what, on its home. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            call.home().execute(() -> {
                woken.set(false);
                look();
            });
        }
    }

    /** Reading may wake it anew, from within: then it looks once more, and does not go deeper. */
    private void look() {
        if (isBusy) {
            again = true;
            return;
        }
        isBusy = true;
        try {
            do {
                again = false;
                step();
            } while (again);
        } finally {
            isBusy = false;
        }
    }

    private void step() {
        Flight here = flight;
        if (over) {
            tellWhyUnread();
        }
        if (over || here == null) {
            return;
        }
        if (!answer.isDone()) {
            begun(here);
        }
        if (answer.isDone() && reader != null) {
            flow(here, reader);
        }
    }

    private void begun(Flight here) {
        Search.Found found = here.found();
        Throwable failure = here.failure();
        Answer head = here.head();
        if (found != null) {
            found(found);
        } else if (failure != null) {
            failed(here, failure);
        } else if (head != null && Passing.isPassing(head) && asking.hasMoreTimeThan(here.leader().asking)) {
            seatAnew(); // what was decided in a hurry will not do for who has time
        } else if (head != null && asking.wantsWhole(head)) {
            whole(here, head);
        } else if (head != null) {
            boolean tells = call.stream() && head.isEventStream() && call.dialect() == Call.Dialect.CHAT;
            give(
                    leads() ? Given.MISS : Given.SHARED,
                    head,
                    tells && !asking.wantsUsage() ? through(new WithoutUsage()) : this);
        }
    }

    private void found(Search.Found found) {
        Kept kept = found.kept();
        if (!asking.takes(kept)) {
            asking = asking.unread();
            seatAnew();
            return;
        }
        Answer told = Told.kept(kept, cache.millis());
        close();
        give(found.how(), told, told.body());
    }

    private void whole(Flight here, Answer head) {
        Assembly assembly = here.assembly();
        if (!here.hasEnded() || assembly == null) {
            return;
        }
        byte[] whole = assembly.whole();
        if (whole == null) {
            fail(assembly.broken());
            return;
        }
        Answer json = Told.whole(head, whole);
        close();
        give(leads() ? Given.MISS : Given.SHARED, json, json.body());
    }

    private void give(Given given, Answer told, ByteStream body) {
        cache.counts().add(given);
        answer.complete(Told.from(given, told, body));
    }

    /** Who had no time, or went round in circles, or left, says nothing of others: these ask by themselves. */
    private void failed(Flight here, Throwable failure) {
        boolean mayAsk =
                !leads() && here.leader().asking.owns(failure) && !call.cancel().isCancelled() && !asking.isOver();
        if (mayAsk) {
            seatAnew();
        } else {
            fail(failure);
        }
    }

    private void seatAnew() {
        Objects.requireNonNull(flight).leave(this);
        again = true;
        cache.seat(this);
    }

    private void flow(Flight here, Reader to) {
        while (!paused && !over) {
            long at = read;
            byte[] chunk = here.next(at, LARGEST_CHUNK);
            if (chunk.length > 0) {
                read = at + chunk.length;
                to.bytes(chunk);
            } else if (here.isThrough(at)) {
                close();
                to.end();
                return;
            } else {
                Throwable failure = here.failure();
                if (failure != null) {
                    fail(failure);
                }
                return;
            }
        }
    }

    private void late() {
        if (!over) {
            fail(new ChatException(
                    Fault.TIMED_OUT, "the time is over, and the same request of another has no answer yet"));
        }
    }

    private void left() {
        if (!over) {
            fail(new ChatException(Fault.CANCELLED, "the caller is gone"));
        }
    }

    private void fail(Throwable why) {
        close();
        if (!answer.isDone()) {
            cache.counts().add(leads() ? Given.MISS : Given.SHARED);
            answer.completeExceptionally(why);
            return;
        }
        unread = why instanceof ChatException chat
                ? chat
                : new ChatException(Fault.INTERNAL, "the server failed; its log tells more", why);
        tellWhyUnread();
    }

    /** Who begins to read what has failed already is told so, too. */
    private void tellWhyUnread() {
        ChatException why = unread;
        if (why != null && reader != null) {
            unread = null;
            reader.failed(why);
        }
    }

    private void close() {
        over = true;
        alarmOff.run();
        listening.close();
        Objects.requireNonNull(flight).leave(this);
    }

    @Override
    public void read(Reader to) {
        reader = to;
        wake();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        wake();
    }

    @Override
    public void cancel() {
        call.home().execute(() -> {
            if (!over) {
                close();
            }
        });
    }
}
