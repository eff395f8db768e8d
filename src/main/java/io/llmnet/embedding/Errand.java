package io.llmnet.embedding;

import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * On whose behalf texts are embedded.
 *
 * @param id of the request, told to the model server
 * @param deadline when it must be over
 * @param cancel fires when nobody waits any more
 * @param tab where the usage is added
 * @param home a thread that may be called back on
 */
public record Errand(String id, Deadline deadline, Cancel cancel, Tab tab, Executor home) {
    /** For a call: as long as it may last, but no longer than {@code limit}. */
    public static Errand of(Call call, Duration limit, long nowNanos) {
        return new Errand(call.id(), sooner(call, limit, nowNanos), call.cancel(), call.tab(), call.home());
    }

    /** For everybody, set off by a call that may end before. */
    public static Errand beside(Call call, Duration limit, long nowNanos) {
        return new Errand(call.id(), Deadline.in(limit, nowNanos), new Cancel(), new Tab(), call.home());
    }

    private static Deadline sooner(Call call, Duration limit, long nowNanos) {
        Deadline own = Deadline.in(limit, nowNanos);
        boolean callFirst = call.deadline().leftNanos(nowNanos) < own.leftNanos(nowNanos);
        return callFirst ? call.deadline() : own;
    }
}
