package io.llmnet.protocol.openai;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A chat request that a pipeline edits. Immutable; what an edit does not name is passed on byte for byte: number formats,
 * escapes, unknown keys, images.
 */
public final class ChatBody {
    private static final Set<String> EDITED = Set.of("model", "messages");
    private static final Set<String> STREAMED = Set.of("model", "messages", "stream", "stream_options");

    /** What makes sense only for the answer that the caller sees. */
    private static final Set<String> NOT_INNER = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "response_format",
            "n",
            "logprobs",
            "top_logprobs",
            "store",
            "metadata");

    private final byte[] body;
    private final Members members;
    private final List<Message> messages;

    private ChatBody(byte[] body, Members members, List<Message> messages) {
        this.body = body;
        this.members = members;
        this.messages = List.copyOf(messages);
    }

    /**
     * Reads a request.
     *
     * @throws ChatException BAD_REQUEST naming the place of a message that is none
     */
    public static ChatBody parse(byte[] body) {
        Members members = Members.of(body, Fault.MALFORMED_JSON);
        Span array = members.value("messages");
        if (array == null || body[array.start()] != '[') {
            throw ChatException.in("messages", Fault.BAD_REQUEST, "\"messages\" must be an array of objects");
        }
        JsonScanner scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        scan.jump(array.start());
        List<Message> messages = new ArrayList<>();
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            messages.add(new MessageReader(body, scan, "messages[" + messages.size() + "]").message());
        }
        return new ChatBody(body, members, messages);
    }

    /**
     * What stands at a path, keys and places in arrays with dots between: {@code metadata.tags.0}. Texts as they say,
     * anything else as it is written; null when nothing is there, or {@code null}.
     */
    public @Nullable String field(String path) {
        return new FieldReader(body, members).text(path);
    }

    /** What the user said last; of several parts, the texts on lines of their own; empty if no user spoke. */
    public String lastUserText() {
        int last = lastUser();
        return last < 0 ? "" : messages.get(last).text();
    }

    /** All that was said, each under who said it; where that is one thing alone, only this. */
    public String transcript() {
        if (messages.size() == 1) {
            return messages.get(0).text();
        }
        return messages.stream()
                .filter(message -> !message.text().isBlank())
                .map(message -> message.role() + ": " + message.text())
                .collect(Collectors.joining("\n\n"));
    }

    /**
     * The request for the node that answers the caller: all that was sent, but for these.
     *
     * @param system goes before what the caller's own system message says, or becomes the first message
     * @param replacement becomes the text of the user's last message, whose images stay
     */
    public byte[] forAnswering(String model, @Nullable String system, @Nullable String replacement) {
        Splice out = begin(model);
        members.writeBut(EDITED, out);
        return finish(system, replacement, out);
    }

    /** The same for an answer that is looked at before the caller gets it: it comes whole. */
    public byte[] forHolding(String model, @Nullable String system, @Nullable String replacement) {
        Splice out = begin(model).text("\"stream\":false,");
        members.writeBut(STREAMED, out);
        return finish(system, replacement, out);
    }

    /** The same for a node in the middle, whose answer we need whole and as text: no stream, tools, formats, choices. */
    public byte[] forInner(String model, @Nullable String system, @Nullable String replacement) {
        Splice out = begin(model).text("\"stream\":false,");
        members.writeBut(NOT_INNER, out);
        return finish(system, replacement, out);
    }

    private Splice begin(String model) {
        return new Splice(body.length + 512).text("{\"model\":").quoted(model).text(",");
    }

    private byte[] finish(@Nullable String system, @Nullable String replacement, Splice out) {
        List<Consumer<Splice>> said = new ArrayList<>();
        messages.forEach(message -> said.add(message::write));
        if (replacement != null) {
            replaceLast(replacement, said);
        }
        if (system != null && !system.isEmpty()) {
            putFirst(system, said);
        }
        out.text("\"messages\":[");
        for (int i = 0; i < said.size(); i++) {
            said.get(i).accept(out.text(i == 0 ? "" : ","));
        }
        return out.text("]}").bytes();
    }

    private void replaceLast(String replacement, List<Consumer<Splice>> said) {
        int last = lastUser();
        if (last < 0) {
            said.add(out -> writeMessage("user", replacement, out));
        } else {
            said.set(last, out -> messages.get(last).writeSaying(replacement, out));
        }
    }

    private void putFirst(String system, List<Consumer<Splice>> said) {
        if (!messages.isEmpty() && messages.get(0).isSystem()) {
            said.set(0, out -> messages.get(0).writeAfter(system, out));
        } else {
            said.add(0, out -> writeMessage("system", system, out));
        }
    }

    private int lastUser() {
        return IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).isUser())
                .max()
                .orElse(-1);
    }

    private static void writeMessage(String role, String text, Splice out) {
        out.text("{\"role\":").quoted(role).text(",\"content\":").quoted(text).text("}");
    }
}
