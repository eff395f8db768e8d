package io.llmnet.fault;

import org.jspecify.annotations.Nullable;

/**
 * A request failed in a known way. The message is for the caller: what happened, to what, and what to do; it holds no
 * key, no prompt, no stack.
 *
 * <p>Carries no stack trace: it is an answer, made thousands of times a second when a backend is down.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final @Nullable String param;
    private final transient Details details;

    public ChatException(Fault fault, String message) {
        this(fault, message, null, null, Details.NONE);
    }

    public ChatException(Fault fault, String message, @Nullable Throwable cause) {
        this(fault, message, null, cause, Details.NONE);
    }

    private ChatException(
            Fault fault, String message, @Nullable String param, @Nullable Throwable cause, Details details) {
        super(message, cause, false, false);
        this.fault = fault;
        this.param = param;
        this.details = details;
    }

    /** A mistake in one parameter of the request, named as the caller wrote it: {@code messages[2].content}. */
    public static ChatException in(String param, Fault fault, String message) {
        return new ChatException(fault, message, param, null, Details.NONE);
    }

    /** The same, with what a program may want to know of it. */
    public ChatException with(Details more) {
        return new ChatException(fault, text(), param, getCause(), more);
    }

    /** What a program may want to know of it. */
    public Details details() {
        return details;
    }

    public Fault fault() {
        return fault;
    }

    /** The request's parameter that is at fault, if one is. */
    public @Nullable String param() {
        return param;
    }

    /** The message; unlike that of most throwables, it is always there. */
    public String text() {
        String message = getMessage();
        return message == null ? fault.code() : message;
    }
}
