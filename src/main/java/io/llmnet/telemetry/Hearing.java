package io.llmnet.telemetry;

import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.ChatBody;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.sse.ChunkCollector;
import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Listens to one question and its answer, to tell in words what was said; only as far as there is room. */
final class Hearing {
    private static final int ROOM_BYTES = 256 * 1024;
    private static final int LONGEST = 2000;

    private final UnaryOperator<String> redaction;
    private byte @Nullable [] asked;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    /**
     * Hears nothing yet.
     *
     * @param redaction takes out what must not be shown
     */
    Hearing(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    void sent(byte[] request) {
        asked = request.length > ROOM_BYTES ? null : request;
    }

    void heard(byte[] piece) {
        if (heard.size() + piece.length <= ROOM_BYTES) {
            heard.writeBytes(piece);
        }
    }

    /** What the model was asked; empty where that is unknown. */
    String input() {
        byte[] request = asked;
        return request == null ? "" : shown(() -> ChatBody.parse(request).lastUserText());
    }

    /** What it said, as far as it came. */
    String output() {
        byte[] answer = heard.toByteArray();
        return answer.length == 0
                ? ""
                : shown(() -> Completion.parse(whole(answer)).text());
    }

    private String shown(Text text) {
        try {
            return shortened(redaction.apply(text.read()));
        } catch (ChatException unreadable) {
            return "";
        }
    }

    private static byte[] whole(byte[] answer) {
        if (answer[0] == '{') {
            return answer;
        }
        ChunkCollector chunks = new ChunkCollector();
        chunks.feed(answer);
        return chunks.completion();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private interface Text {
        String read();
    }
}
