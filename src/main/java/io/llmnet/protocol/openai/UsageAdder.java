package io.llmnet.protocol.openai;

import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import io.llmnet.protocol.sse.Needle;

/** Passes events on as they are, but for those with a usage. A chunk of whole events without one is passed on uncopied. */
final class UsageAdder implements Transform {
    private static final Needle USAGE = new Needle("\"usage\"");
    private static final byte[] NOTHING = {};

    private final Usage spent;
    private final EventSplitter events = new EventSplitter();

    UsageAdder(Usage spent) {
        this.spent = spent;
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        if (spent.isNone()) {
            return chunk;
        }
        boolean isWhole = events.isBetween();
        boolean isSame = true;
        Splice out = new Splice(chunk.length + 64);
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            boolean hasUsage = USAGE.isKeyOf('{', event.bytes(), event.start(), event.end());
            isSame &= !hasUsage;
            if (hasUsage) {
                out.raw(increased(event));
            } else {
                out.raw(event.bytes(), event.start(), event.end());
            }
        }
        return isWhole && isSame && events.isBetween() ? chunk : out.bytes();
    }

    @Override
    public byte[] end() {
        return events.isBetween() ? NOTHING : increased(events.rest());
    }

    private byte[] increased(Event event) {
        byte[] data = event.data();
        if (data == null || !USAGE.isKeyOf('{', data, 0, data.length)) {
            return event.raw();
        }
        try {
            return event.withData(Usages.addIfTold(data, spent));
        } catch (ChatException e) {
            return event.raw(); // half an event at the end of a broken stream: not ours to judge
        }
    }
}
