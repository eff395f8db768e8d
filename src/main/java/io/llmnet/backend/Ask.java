package io.llmnet.backend;

import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is asked, once.
 *
 * @param id the caller's request id, told to the backend
 * @param dialect the shape of {@code body}
 * @param stream whether the answer shall come as it is made
 * @param includeUsage whether a stream shall end with its usage
 * @param body in OpenAI's terms, with the backend's own name of the model in it
 * @param deadline when the answer must be whole
 * @param cancel closes the connection when it fires
 * @param tab where the usage of the answer is added, once it is known
 * @param home runs what follows on the caller's thread, so that its bytes need no locks
 * @param hops gateways that it has passed, this one counted; 0 for a question of our own
 * @param traceparent the span that the backend's own shall be children of, in W3C's words; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Ask(
        String id,
        Call.Dialect dialect,
        boolean stream,
        boolean includeUsage,
        byte[] body,
        Deadline deadline,
        Cancel cancel,
        Tab tab,
        Executor home,
        int hops,
        @Nullable String traceparent) {
    /** A question that belongs to no span. */
    public Ask(
            String id,
            Call.Dialect dialect,
            boolean stream,
            boolean includeUsage,
            byte[] body,
            Deadline deadline,
            Cancel cancel,
            Tab tab,
            Executor home) {
        this(id, dialect, stream, includeUsage, body, deadline, cancel, tab, home, 0, null);
    }

    /** The same question, closed when {@code other} fires. */
    public Ask within(Cancel other) {
        return new Ask(id, dialect, stream, includeUsage, body, deadline, other, tab, home, hops, traceparent);
    }
}
