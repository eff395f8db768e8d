package io.llmnet.chat;

import org.jspecify.annotations.Nullable;

/** What one request has run up so far, over all the model calls made for it. Safe from any thread. */
public final class Tab {
    private final @Nullable Tab whole;
    private Usage total = Usage.NONE;

    public Tab() {
        this(null);
    }

    private Tab(@Nullable Tab whole) {
        this.whole = whole;
    }

    /** A tab for a part of the request that tells its own sum; what is added there counts here too. */
    public Tab part() {
        return new Tab(this);
    }

    /** Adds what one model call has used. */
    public void add(Usage usage) {
        synchronized (this) {
            total = total.plus(usage);
        }
        if (whole != null) {
            whole.add(usage);
        }
    }

    public synchronized Usage total() {
        return total;
    }
}
