package io.llmnet.cache;

import io.llmnet.chat.Answer;
import java.util.Map;

/** Which answers may be kept for others: good ones, that were made as they were asked for. */
public final class Lasting {
    /** Says of an answer that it is for those who wait for it now. Goes no further than the cache. */
    static final String HEADER = "x-llmnet-keep";

    private static final String NO = "no";

    /** Says that another model has answered than was asked. */
    private static final String STAND_IN = "x-nexus-fallback-model";

    private Lasting() {}

    /** The same, but not to be kept: under other circumstances it would be a better one. */
    public static Answer not(Answer answer) {
        return answer.telling(Map.of(HEADER, NO));
    }

    /** Whether an answer may be kept. */
    public static boolean is(Answer answer) {
        return answer.isOk()
                && !NO.equals(answer.headers().get(HEADER))
                && !answer.headers().containsKey(STAND_IN);
    }
}
