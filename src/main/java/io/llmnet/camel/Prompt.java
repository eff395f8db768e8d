package io.llmnet.camel;

import io.llmnet.chat.Call;
import io.llmnet.protocol.openai.ChatBody;
import org.jspecify.annotations.Nullable;

/** The caller's request, parsed once and only if somebody must look into it. */
public final class Prompt {
    private final Call call;
    private @Nullable ChatBody body;
    private @Nullable String text;

    Prompt(Call call) {
        this.call = call;
    }

    /** The request as it may be edited. */
    public synchronized ChatBody body() {
        if (body == null) {
            body = ChatBody.parse(call.body());
        }
        return body;
    }

    /** What stands in the request at a path such as {@code metadata.tags.0}; null when nothing does. */
    @Nullable
    String field(String path) {
        return body().field(path);
    }

    /** What the user said last. */
    public synchronized String text() {
        if (text == null) {
            text = body().lastUserText();
        }
        return text;
    }
}
