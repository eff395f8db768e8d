package io.llmnet;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request that a {@link FakeBackend} got, and how it ended. Filled on the backend's thread, read on any. */
public final class FakeVisit {
    private final String path;
    private final MultiMap headers;
    private final byte[] body;
    private volatile boolean stalled;
    private volatile long leftNanos;

    FakeVisit(String path, MultiMap headers, byte[] body) {
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    public String path() {
        return path;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    byte[] body() {
        return body.clone();
    }

    /** Whether who asked closed the connection before the answer's end. */
    public boolean isAbandoned() {
        return leftNanos != 0;
    }

    /** When it was abandoned, on the clock of {@link System#nanoTime}. */
    public long abandonedNanos() {
        return leftNanos;
    }

    /** Whether who asked does not read what is written. */
    public boolean isStalled() {
        return stalled;
    }

    void stalled() {
        stalled = true;
    }

    void left() {
        if (leftNanos == 0) {
            leftNanos = System.nanoTime();
        }
    }
}
