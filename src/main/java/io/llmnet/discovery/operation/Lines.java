package io.llmnet.discovery.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that comes as lines of JSON, or as one document; what is no JSON says nothing. */
final class Lines {
    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_WORDS = 200;

    private final Consumer<JsonNode> each;
    private Buffer rest = Buffer.buffer();
    private @Nullable String error;

    Lines(Consumer<JsonNode> each) {
        this.each = each;
    }

    void add(Buffer part) {
        int begin = 0;
        for (int i = 0; i < part.length(); i++) {
            if (part.getByte(i) == '\n') {
                take(part, begin, i);
                read();
                begin = i + 1;
            }
        }
        take(part, begin, part.length());
    }

    void end() {
        read();
    }

    /** What a line has told of an error; null when none has. */
    @Nullable
    String error() {
        return error;
    }

    private void take(Buffer part, int from, int to) {
        if (rest.length() + to - from <= LONGEST) {
            rest.appendBuffer(part.slice(from, to));
        }
    }

    private void read() {
        byte[] line = rest.getBytes();
        rest = Buffer.buffer();
        if (line.length == 0) {
            return;
        }
        try {
            JsonNode json = Json.tree(line, Fault.BACKEND_NONSENSE, "a line");
            if (json.hasNonNull("error")) {
                JsonNode said = json.get("error");
                String words = said.isTextual()
                        ? said.textValue()
                        : said.path("message").asText("");
                error = words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "..." : words;
            }
            each.accept(json);
        } catch (ChatException notJson) {
            // Progress that cannot be read is no progress.
        }
    }
}
