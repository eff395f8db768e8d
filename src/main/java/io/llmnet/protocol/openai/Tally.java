package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.json.JsonScanner;
import java.util.Arrays;

/** Finds the usage of a whole answer without parsing the rest: it stands near the end, and is small. */
public final class Tally {
    private static final byte[] KEY = "\"usage\"".getBytes(US_ASCII);

    private Tally() {}

    /** What the answer says that it used; {@link Usage#NONE} if it says nothing that can be read. */
    public static Usage of(byte[] answer) {
        for (int at = answer.length - KEY.length; at >= 0; at--) {
            if (answer[at] == '"' && Arrays.equals(answer, at, at + KEY.length, KEY, 0, KEY.length)) {
                return read(answer, at + KEY.length);
            }
        }
        return Usage.NONE;
    }

    private static Usage read(byte[] answer, int behindKey) {
        try {
            JsonScanner scan = new JsonScanner(answer, Fault.BACKEND_NONSENSE);
            scan.jump(behindKey);
            if (scan.peek() != ':') {
                return Usage.NONE;
            }
            scan.jump(scan.at() + 1);
            scan.peek();
            int start = scan.at();
            scan.value();
            JsonNode usage = Json.tree(Arrays.copyOfRange(answer, start, scan.at()), Fault.BACKEND_NONSENSE, "a usage");
            return Usages.of(usage);
        } catch (ChatException e) {
            return Usage.NONE;
        }
    }
}
