package io.llmnet.chat;

import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller, bytes kept. Made by a door, and never changed.
 *
 * @param id the request's id, as in {@code x-request-id}
 * @param dialect which endpoint was asked, so which shape the body has and the answer must have
 * @param model the model that the caller named, if any
 * @param modelAt where in {@code body} that name stands, so that another can be put there without a parse
 * @param stream whether the caller wants the answer as it comes
 * @param includeUsage whether a stream shall end with its usage
 * @param body the request as it came; not to be changed
 * @param header finds a header of the request by its lower-case name, null when absent
 * @param deadline when the whole of it must be over
 * @param cancel fires when the caller is gone
 * @param tab sums what the call uses
 * @param home the caller's thread; its bytes are read and written there and nowhere else
 * @param demand what it demands of whoever answers
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying 20 MB of images to be pure is no virtue
public record Call(
        String id,
        Dialect dialect,
        @Nullable String model,
        Span modelAt,
        boolean stream,
        boolean includeUsage,
        byte[] body,
        UnaryOperator<@Nullable String> header,
        Deadline deadline,
        Cancel cancel,
        Tab tab,
        Executor home,
        Demand demand) {

    private static final int MOST_HOPS = 1000;

    /** A call that demands nothing special. */
    public Call(
            String id,
            Dialect dialect,
            @Nullable String model,
            Span modelAt,
            boolean stream,
            boolean includeUsage,
            byte[] body,
            UnaryOperator<@Nullable String> header,
            Deadline deadline,
            Cancel cancel,
            Tab tab,
            Executor home) {
        this(id, dialect, model, modelAt, stream, includeUsage, body, header, deadline, cancel, tab, home, Demand.NONE);
    }

    /** What the body speaks. */
    public enum Dialect {
        /** OpenAI's {@code /v1/chat/completions}. */
        CHAT,
        /** OpenAI's older {@code /v1/completions}. */
        COMPLETIONS,
        /** OpenAI's {@code /v1/embeddings}. */
        EMBEDDINGS
    }

    /**
     * A stretch of bytes.
     *
     * @param start of its first byte
     * @param end after its last; equal to {@code start} when there is nothing
     */
    public record Span(int start, int end) {}

    /** A part of this call, as a chat with a bill of its own; the model stands at {@code place}. */
    public Call asChat(byte[] chatBody, Span place) {
        return new Call(
                id,
                Dialect.CHAT,
                model,
                place,
                stream,
                includeUsage,
                chatBody,
                header,
                deadline,
                cancel,
                tab.part(),
                home,
                demand);
    }

    /** A part of this call that asks something else in the same words; the model stands at {@code place}. */
    public Call asking(byte[] other, Span place) {
        return new Call(
                id,
                dialect,
                model,
                place,
                stream,
                includeUsage,
                other,
                header,
                deadline,
                cancel,
                tab.part(),
                home,
                demand);
    }

    /**
     * A part of this call, asked of another model.
     *
     * @param other what it is asked, with the model's name at {@code place}
     * @param until when it must be over
     * @param closing ends it
     * @param bill where its usage goes
     * @param wants what it demands
     */
    public Call of(
            String other,
            byte[] words,
            Span place,
            boolean streams,
            Deadline until,
            Cancel closing,
            Tab bill,
            Demand wants) {
        return new Call(
                id,
                Dialect.CHAT,
                other,
                place,
                streams,
                streams && includeUsage,
                words,
                header,
                until,
                closing,
                bill,
                home,
                wants);
    }

    /** The same call, which another cancel stops: for who asks on behalf of several. */
    public Call withCancel(Cancel other) {
        return new Call(
                id, dialect, model, modelAt, stream, includeUsage, body, header, deadline, other, tab, home, demand);
    }

    /** Gateways that it has passed on its way here, as its header {@code x-llmnet-hops} says. */
    public int hops() {
        String told = header.apply("x-llmnet-hops");
        try {
            return told == null ? 0 : Math.max(0, Math.min(MOST_HOPS, Integer.parseInt(told.trim())));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }
}
