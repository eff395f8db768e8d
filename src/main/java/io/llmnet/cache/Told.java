package io.llmnet.cache;

import io.llmnet.cache.store.Kept;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Usage;
import java.util.HashMap;
import java.util.Map;

/** Answers as each caller is told them, and as they are kept for others. */
final class Told {
    private Told() {}

    /** What was kept: with its age, and a body of its own. */
    static Answer kept(Kept kept, long nowMillis) {
        long age = Math.max(0, nowMillis - kept.madeMillis()) / 1000;
        ByteStream body = ByteStream.of(kept.body().clone());
        return Answer.of(kept.status(), kept.contentType(), body)
                .after(kept.trace(), Usage.NONE)
                .telling(kept.headers())
                .telling(Map.of("age", Long.toString(age)));
    }

    /** A good answer as it is kept; {@code isAssembled} where its body was put together of a stream. */
    static Kept toKeep(Answer answer, byte[] body, boolean isAssembled, boolean tellsUsage, long nowMillis) {
        return new Kept(
                answer.status(),
                isAssembled ? "application/json" : answer.contentType(),
                Passing.without(answer.headers()),
                answer.trace(),
                body,
                nowMillis,
                tellsUsage);
    }

    /** The whole of what came as a stream. */
    static Answer whole(Answer stream, byte[] json) {
        return new Answer(
                stream.status(),
                "application/json",
                ByteStream.of(json.clone()),
                stream.trace(),
                stream.spent(),
                stream.headers());
    }

    /** The same, saying where it came from. Who did not ask has used nothing, and hears nothing of the asking. */
    static Answer from(Given given, Answer answer, ByteStream body) {
        boolean isShared = given == Given.SHARED;
        Map<String, String> headers = new HashMap<>(isShared ? Passing.without(answer.headers()) : answer.headers());
        headers.remove(Lasting.HEADER);
        headers.putAll(given.header());
        Usage spent = isShared ? Usage.NONE : answer.spent();
        return new Answer(answer.status(), answer.contentType(), body, answer.trace(), spent, headers);
    }
}
