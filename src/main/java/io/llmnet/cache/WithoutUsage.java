package io.llmnet.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Transform;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import io.llmnet.protocol.sse.Needle;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream without the event that tells its usage alone: who has not asked for that takes it for a choice that is missing.
 */
final class WithoutUsage implements Transform {
    private static final Needle USAGE = new Needle("\"usage\"");

    private final EventSplitter events = new EventSplitter();

    @Override
    public byte[] bytes(byte[] chunk) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(chunk.length);
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            pass(event, passed);
        }
        return passed.toByteArray();
    }

    @Override
    public byte[] end() {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        if (!events.isBetween()) {
            pass(events.rest(), passed);
        }
        return passed.toByteArray();
    }

    private static void pass(Event event, ByteArrayOutputStream passed) {
        if (!USAGE.isKeyOf('{', event.bytes(), event.start(), event.end()) || !isUsageAlone(event.data())) {
            passed.write(event.bytes(), event.start(), event.end() - event.start());
        }
    }

    private static boolean isUsageAlone(byte @Nullable [] data) {
        if (data == null) {
            return false;
        }
        try {
            JsonNode chunk = Json.tree(data, Fault.BACKEND_NONSENSE, "an event");
            return chunk.path("usage").isObject() && chunk.path("choices").isEmpty();
        } catch (ChatException notJson) {
            return false; // who reads the stream will complain
        }
    }
}
