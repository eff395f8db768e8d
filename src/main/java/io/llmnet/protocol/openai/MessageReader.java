package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one message where the scanner stands, and names the place of what is wrong with it. */
final class MessageReader {
    private final byte[] body;
    private final JsonScanner scan;
    private final String place;
    private final List<Message.Part> parts = new ArrayList<>(2);
    private @Nullable String role;
    private @Nullable Span content;
    private Message.Kind kind = Message.Kind.NONE;

    MessageReader(byte[] body, JsonScanner scan, String place) {
        this.body = body;
        this.scan = scan;
        this.place = place;
    }

    Message message() {
        if (scan.peek() != '{') {
            throw wrong("", "a message must be an object with \"role\" and \"content\"");
        }
        int start = scan.at();
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            if (scan.isKey("role")) {
                role();
            } else if (scan.isKey("content")) {
                content();
            } else {
                scan.value();
            }
        }
        if (role == null) {
            throw wrong(".role", "a message needs a \"role\": system, user, assistant or tool");
        }
        return new Message(body, new Span(start, scan.at()), role, content, kind, List.copyOf(parts));
    }

    private void role() {
        if (scan.peek() != '"') {
            throw wrong(".role", "\"role\" must be a string: system, user, assistant or tool");
        }
        Span value = value();
        role = scan.string(value.start(), value.end());
    }

    private void content() {
        parts.clear(); // of keys that come twice the last counts
        int start = scan.at();
        switch (scan.peek()) {
            case '"' -> kind = text();
            case '[' -> kind = parts();
            case 'n' -> kind = none();
            default -> throw wrong(".content", "\"content\" must be a string, an array of parts or null");
        }
        content = new Span(start, scan.at());
    }

    private Message.Kind text() {
        scan.value();
        return Message.Kind.TEXT;
    }

    private Message.Kind none() {
        scan.value();
        return Message.Kind.NONE;
    }

    private Message.Kind parts() {
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            parts.add(part(".content[" + parts.size() + "]"));
        }
        return Message.Kind.PARTS;
    }

    private Message.Part part(String where) {
        if (scan.peek() != '{') {
            throw wrong(where, "a part must be an object with a \"type\"");
        }
        int start = scan.at();
        boolean isText = false;
        boolean isString = false;
        Span text = null;
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            boolean isTextKey = scan.isKey("text");
            boolean isTypeKey = scan.isKey("type");
            boolean quoted = scan.peek() == '"';
            Span value = value();
            if (isTextKey) {
                text = value;
                isString = quoted;
            } else if (isTypeKey) {
                isText = quoted && scan.string(value.start(), value.end()).equals("text");
            }
        }
        if (isText && !isString) {
            throw wrong(where + ".text", "a part of type \"text\" needs its \"text\" as a string");
        }
        return new Message.Part(new Span(start, scan.at()), isText ? text : null);
    }

    private Span value() {
        int start = scan.at();
        scan.value();
        return new Span(start, scan.at());
    }

    private ChatException wrong(String where, String why) {
        return ChatException.in(place + where, Fault.BAD_REQUEST, why);
    }
}
