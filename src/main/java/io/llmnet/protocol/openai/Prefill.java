package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import io.llmnet.protocol.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chat request whose answer is to go on where another broke off: the same bytes, and at the end of its messages what the
 * assistant has said so far. A server that goes on begins in the middle of a sentence.
 */
public final class Prefill {
    private final byte[] body;

    /** What is put in, by where; a place is where the text ends that it replaces. */
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    private record Edit(int start, String text) {}

    private Prefill(byte[] body) {
        this.body = body;
    }

    /**
     * The request with this text said.
     *
     * @param isTold whether the server must be told to go on, as vLLM and SGLang; for others the message suffices
     * @throws ChatException when the body is no chat
     */
    public static byte[] of(byte[] body, String said, boolean isTold) {
        Prefill prefill = new Prefill(body);
        Members members = Members.of(body, Fault.MALFORMED_JSON);
        Span messages = members.value("messages");
        if (messages == null || body[messages.start()] != '[') {
            throw ChatException.in("messages", Fault.BAD_REQUEST, "\"messages\" must be an array of objects");
        }
        prefill.say(messages, said);
        if (isTold) {
            prefill.tell(
                    messages.end(),
                    members,
                    Map.of("continue_final_message", "true", "add_generation_prompt", "false"));
        }
        return prefill.bytes();
    }

    private void say(Span messages, String said) {
        Message last = last(messages);
        Span begun = last == null ? null : begun(last);
        if (begun != null) {
            // the caller had begun the answer itself: two messages in a row would not be one
            put(begun.end() - 1, begun.end() - 1, JsonString.escape(said));
            return;
        }
        int end = messages.end() - 1;
        String message = "{\"role\":\"assistant\",\"content\":\"" + JsonString.escape(said) + "\"}";
        put(end, end, (last == null ? "" : ",") + message);
    }

    private @Nullable Message last(Span messages) {
        JsonScanner scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        scan.jump(messages.start());
        Message last = null;
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            last = new MessageReader(body, scan, "messages").message();
        }
        return last;
    }

    /** The text of an assistant's message that can be gone on with. */
    private static @Nullable Span begun(Message message) {
        boolean isBegun = message.role().equals("assistant") && message.kind() == Message.Kind.TEXT;
        return isBegun ? message.content() : null;
    }

    private void tell(int behind, Members members, Map<String, String> flags) {
        StringBuilder missing = new StringBuilder();
        new TreeMap<>(flags).forEach((key, value) -> {
            Span told = members.value(key);
            if (told == null) {
                missing.append(",\"").append(key).append("\":").append(value);
            } else {
                put(told.start(), told.end(), value);
            }
        });
        put(behind, behind, missing.toString());
    }

    private void put(int start, int end, String text) {
        edits.put(end, new Edit(start, text));
    }

    private byte[] bytes() {
        Splice out = new Splice(body.length + 256);
        int at = 0;
        for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
            out.raw(body, at, edit.getValue().start())
                    .raw(edit.getValue().text().getBytes(StandardCharsets.UTF_8));
            at = edit.getKey();
        }
        return out.raw(body, at, body.length).bytes();
    }
}
