package io.llmnet.camel.watch;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Tab;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out how a run or a question ends, be it as a stream or at once, and tells it exactly once. */
public final class Watching {
    private final Consumer<Ended> told;
    private final Tab tab;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    private Watching(Tab tab, Consumer<Ended> told) {
        this.tab = tab;
        this.told = told;
    }

    /** A run begins, which uses what is on the tab. */
    public static Watching run(WatchedRun run, Tab tab) {
        return new Watching(tab, run::ended);
    }

    /** A question begins; what it uses must go on that tab. */
    static Watching ask(WatchedAsk ask, Tab tab) {
        return new Watching(tab, ask::ended);
    }

    /** The answer with which it ends, to be passed on in place of the one given. */
    public CompletionStage<Answer> answer(CompletionStage<Answer> answer) {
        return answer.whenComplete(this::settled)
                .thenApply(given -> given.isEventStream() ? given.withBody(stream(given.body(), null)) : given);
    }

    /** A stream whose end is that of what is watched. */
    ByteStream stream(ByteStream source, @Nullable Consumer<byte[]> listener) {
        return new WatchedStream(source, listener, this);
    }

    private void settled(@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        } else if (answer != null && !answer.isEventStream()) {
            answered(answer.status());
        }
    }

    void answered(int status) {
        if (over.compareAndSet(false, true)) {
            told.accept(Ended.answered(status, System.nanoTime() - startNanos, tab.total()));
        }
    }

    void failed(Throwable why) {
        if (over.compareAndSet(false, true)) {
            told.accept(Ended.failed(why, System.nanoTime() - startNanos, tab.total()));
        }
    }
}
