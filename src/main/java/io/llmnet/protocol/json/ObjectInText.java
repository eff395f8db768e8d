package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one JSON object in what a model said: models like to fence it as Markdown, to say what it is, or to think aloud
 * before.
 */
public final class ObjectInText {
    /** So many opening braces are tried: a text of nothing else must not cost the square of its length. */
    private static final int MOST_TRIES = 64;

    private static final String THOUGHT = "</think>";

    private ObjectInText() {}

    /** The object in a text; an objection when there is none, or more than one. */
    public static Reading<ObjectNode> find(String text) {
        byte[] said = text.substring(afterThoughts(text)).getBytes(UTF_8);
        byte @Nullable [] found = null;
        int tries = 0;
        for (int at = brace(said, 0); at < said.length && tries < MOST_TRIES; tries++) {
            int end = end(said, at);
            if (end > at && found != null) {
                return new Reading.Objected<>("it has more than one JSON object");
            }
            found = end > at ? Arrays.copyOfRange(said, at, end) : found;
            at = brace(said, Math.max(end, at + 1));
        }
        return found == null ? new Reading.Objected<>("it has no whole JSON object") : tree(found);
    }

    private static Reading<ObjectNode> tree(byte[] object) {
        try {
            return new Reading.Understood<>(Json.object(object, Fault.BACKEND_NONSENSE, "the answer"));
        } catch (ChatException tooLarge) {
            return new Reading.Objected<>("its JSON object has a number of too many digits");
        }
    }

    private static int afterThoughts(String text) {
        int thought = text.lastIndexOf(THOUGHT);
        return thought < 0 ? 0 : thought + THOUGHT.length();
    }

    private static int brace(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '{') {
            at++;
        }
        return at;
    }

    /** Where the object ends that begins here; -1 when it is none. */
    private static int end(byte[] text, int start) {
        JsonScanner scan = new JsonScanner(text, Fault.BACKEND_NONSENSE);
        scan.jump(start);
        try {
            scan.value();
            return scan.at();
        } catch (ChatException notJson) {
            return -1;
        }
    }
}
