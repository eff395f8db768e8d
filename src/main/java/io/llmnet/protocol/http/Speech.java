package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Tally;
import io.llmnet.protocol.openai.Translation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request in a backend's own language, and its answer back in OpenAI's. Where the backend speaks OpenAI's, every byte
 * stays as it is.
 */
final class Speech {
    private final Language language;
    private final Ask ask;
    private final long createdSeconds = System.currentTimeMillis() / 1000;

    Speech(Backend.Speaks speaks, Ask ask) {
        this.language = Language.of(speaks, ask.dialect());
        this.ask = ask;
    }

    byte[] request() {
        return language.request(ask);
    }

    /** Whether an answer of this type is to be read as it comes. */
    boolean isStream(String contentType) {
        return ask.stream() && language.isStream(contentType);
    }

    /** What turns the backend's stream into OpenAI's; null where it is that already. */
    @Nullable
    Translation translation() {
        return language.stream(ask, id(), createdSeconds);
    }

    /** A good answer that came whole, as a completion in JSON; its usage goes on the tab. */
    byte[] whole(String contentType, byte[] body) {
        byte[] json = language.answer(contentType, body, id(), createdSeconds);
        if (!startsAsObject(json)) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE,
                    "the model server answered with "
                            + (contentType.isEmpty() ? "no type" : contentType.toLowerCase(Locale.ROOT))
                            + " where JSON was expected");
        }
        ask.tab().add(Tally.of(json));
        return json;
    }

    /** A backend's error in OpenAI's shape: its own words, if they are that already, but for our key. */
    Refusal error(int status, byte[] body, Backend backend) {
        return language.error(status, Redaction.of(body, backend.apiKey()), backend.name());
    }

    private String id() {
        return "chatcmpl-" + ask.id();
    }

    private static boolean startsAsObject(byte[] json) {
        for (byte b : json) {
            if (b > ' ') {
                return b == '{';
            }
        }
        return false;
    }
}
