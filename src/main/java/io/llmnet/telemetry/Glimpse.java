package io.llmnet.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Picks a few members out of an object in JSON, of which only the beginning may be there. */
final class Glimpse {
    private static final JsonFactory JSON = new JsonFactory();

    private Glimpse() {}

    /**
     * Those of the members that are there and simple values, as text.
     *
     * @param bytes JSON, perhaps cut off; what comes before its first brace is passed over, as in a stream of events
     */
    static Map<String, String> of(byte[] bytes, Set<String> wanted) {
        Map<String, String> found = new HashMap<>();
        int start = 0;
        while (start < bytes.length && bytes[start] != '{') {
            start++;
        }
        try (JsonParser parser = JSON.createParser(bytes, start, bytes.length - start)) {
            read(parser, wanted, found);
        } catch (IOException cutOff) {
            // What came before stands.
        }
        return found;
    }

    private static void read(JsonParser parser, Set<String> wanted, Map<String, String> found) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (found.size() < wanted.size() && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL && wanted.contains(name)) {
                found.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }
}
