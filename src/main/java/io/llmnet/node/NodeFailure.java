package io.llmnet.node;

import org.jspecify.annotations.Nullable;

/** The node cannot serve. The message is one line for whoever started it: what is wrong, and what to do. */
public final class NodeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeFailure(String message) {
        this(message, null);
    }

    NodeFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
