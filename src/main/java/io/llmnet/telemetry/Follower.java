package io.llmnet.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows requests, at their own pace: what they are too slow for is dropped, and they are told how much that
 * was. Safe from any thread.
 */
final class Follower {
    private static final int ROOM = 1000;

    private final @Nullable String pipeline;
    private final boolean wantsText;
    private final Runnable wake;
    private final Queue<String> waiting = new ArrayDeque<>();
    private long dropped;

    /**
     * One who has heard nothing yet.
     *
     * @param pipeline the only one of interest; null for all
     * @param wantsText whether what is said is wanted too
     * @param wake called when there is something to take; must not wait
     */
    Follower(@Nullable String pipeline, boolean wantsText, Runnable wake) {
        this.pipeline = pipeline;
        this.wantsText = wantsText;
        this.wake = wake;
    }

    boolean follows(String name) {
        return pipeline == null || pipeline.equals(name);
    }

    boolean wantsText() {
        return wantsText;
    }

    void tell(ObjectNode event) {
        String line = event.toString();
        synchronized (this) {
            if (waiting.size() >= ROOM) {
                dropped++;
                return;
            }
            waiting.add(line);
        }
        wake.run();
    }

    /** The next event as JSON; null when there is none now. */
    synchronized @Nullable String next() {
        String line = waiting.poll();
        if (line == null && dropped > 0) {
            line = "{\"phase\":\"dropped\",\"time\":" + System.currentTimeMillis() + ",\"count\":" + dropped + "}";
            dropped = 0;
        }
        return line;
    }
}
