package io.llmnet.cache;

import io.llmnet.chat.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The headers of an answer that are true of the one asking only that brought it. */
final class Passing {
    private static final Set<String> NAMES = Set.of(
            Given.HEADER,
            Lasting.HEADER,
            "age",
            "retry-after",
            "x-llmnet-attempts",
            "x-nexus-cost-estimated",
            "x-nexus-budget-status",
            "x-nexus-budget-utilization",
            "x-nexus-budget-remaining");

    private Passing() {}

    /** Whether an answer says that it will not do for everybody: under other circumstances it would be a better one. */
    static boolean isPassing(Answer answer) {
        return answer.headers().containsKey(Lasting.HEADER);
    }

    /** An answer without what is told to the cache alone. */
    static Answer stripped(Answer answer) {
        if (!isPassing(answer)) {
            return answer;
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.remove(Lasting.HEADER);
        return new Answer(
                answer.status(), answer.contentType(), answer.body(), answer.trace(), answer.spent(), headers);
    }

    /** The others. */
    static Map<String, String> without(Map<String, String> headers) {
        Map<String, String> lasting = new HashMap<>(headers);
        lasting.keySet().removeAll(NAMES);
        return lasting;
    }
}
