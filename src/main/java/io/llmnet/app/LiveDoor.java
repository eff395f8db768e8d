package io.llmnet.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of its own that is opened, moved and closed as the settings say. One change after another; a door that cannot be
 * opened stays where it was, or closed, until it is changed again.
 *
 * @param <P> what makes it the same door: its address and the like
 */
final class LiveDoor<P> {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveDoor.class);

    /** Opens doors; fails where that cannot be. */
    @FunctionalInterface
    interface Opener<P> {
        CompletionStage<Open> open(P place);
    }

    /** A door that is open. */
    interface Open {
        int port();

        /** Closes it when those are gone who are inside. */
        CompletionStage<Void> close();
    }

    private final String name;
    private final Function<P, String> shown;
    private final ToIntFunction<P> port;
    private final Opener<P> opener;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private @Nullable P place;
    private volatile @Nullable Open open;

    /**
     * Closed.
     *
     * @param name for people
     * @param shown a place, for people
     * @param port that a place takes: two with the same cannot be open at once
     */
    LiveDoor(String name, Function<P, String> shown, ToIntFunction<P> port, Opener<P> opener) {
        this.name = name;
        this.shown = shown;
        this.port = port;
        this.opener = opener;
    }

    /** The port that is listened on; 0 while it is closed. */
    int port() {
        Open now = open;
        return now == null ? 0 : now.port();
    }

    /**
     * Has it open there, or closed where that is null; fails, with a message for people, where it cannot be.
     */
    synchronized CompletionStage<Void> change(@Nullable P to) {
        last = last.handle((done, before) -> null).thenCompose(nothing -> move(to));
        return last;
    }

    private CompletionStage<Void> move(@Nullable P to) {
        Open now = open;
        P before = place;
        if (now == null || before == null) {
            return to == null ? CompletableFuture.completedFuture(null) : open(to);
        }
        if (before.equals(to)) {
            return CompletableFuture.completedFuture(null);
        }
        if (to == null) {
            return leave(now);
        }
        if (port.applyAsInt(before) != port.applyAsInt(to)) {
            return open(to).thenCompose(nothing -> well(now.close()));
        }
        return well(leave(now)).thenCompose(nothing -> openOr(to, before));
    }

    private CompletionStage<Void> leave(Open now) {
        open = null;
        place = null;
        return now.close();
    }

    /** It is left behind, however well that goes. */
    private static CompletionStage<Void> well(CompletionStage<Void> closed) {
        return closed.handle((done, failure) -> null);
    }

    /** Where the first cannot be, it is where it was before, and that is a failure all the same. */
    private CompletionStage<Void> openOr(P to, P before) {
        return open(to).exceptionallyCompose(
                        failure -> well(open(before)).thenCompose(nothing -> CompletableFuture.failedFuture(failure)));
    }

    private CompletionStage<Void> open(P to) {
        return opener.open(to).handle((opened, failure) -> {
            if (opened == null) {
                String why = reason(failure);
                throw new IllegalStateException(name + " cannot listen on " + shown.apply(to) + ": " + why
                        + "; free that address, or name another in the settings");
            }
            place = to;
            open = opened;
            LOGGER.info("{} listens on {}", name, shown.apply(to));
            return null;
        });
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null ? "it did not open" : String.valueOf(cause.getMessage());
    }
}
