package io.llmnet.camel.watch;

import io.llmnet.backend.Ask;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Tab;
import org.jspecify.annotations.Nullable;

/** One question of a node, told to who watches its run: made before it is asked, and shown all that comes of it. */
public final class AskWatch {
    private final WatchedAsk watched;
    private final Watching watching;
    private final Tab tab;

    private AskWatch(WatchedAsk watched, Tab tab) {
        this.watched = watched;
        this.tab = tab;
        this.watching = Watching.ask(watched, tab);
    }

    /** A node begins to ask. */
    public static AskWatch begin(WatchedRun run, Call call, Asks asks) {
        WatchedAsk watched = run.asks(asks);
        return new AskWatch(
                watched,
                watched == WatchedAsk.BY_NOBODY ? call.tab() : call.tab().part());
    }

    /** Where the usage of the question goes; the call's own tab gets it as well. */
    public Tab tab() {
        return tab;
    }

    /** What the model server is told to go on with. */
    public @Nullable String traceparent() {
        return watched.traceparent();
    }

    /** What is about to be sent. */
    public Ask sends(Ask ask) {
        if (watched.listens()) {
            watched.sent(ask.body());
        }
        return ask;
    }

    /** The answer, to be passed on in place of the one given; a stream tells its end itself. */
    public Answer hears(Answer answer) {
        if (answer.isEventStream()) {
            return answer.withBody(watching.stream(answer.body(), watched.listens() ? watched::heard : null));
        }
        if (!watched.listens()) {
            return answer;
        }
        byte[] whole = answer.body().whole().toCompletableFuture().join();
        watched.heard(whole);
        return answer.withBody(ByteStream.of(whole));
    }

    /** This is the answer, and unless it is a stream, that was all. */
    public void answered(Answer answer) {
        if (!answer.isEventStream()) {
            watching.answered(answer.status());
        }
    }

    /** It has come to nothing; the first that is told of an end counts. */
    public void failed(Throwable why) {
        watching.failed(why);
    }
}
