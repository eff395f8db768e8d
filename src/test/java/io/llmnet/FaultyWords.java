package io.llmnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Faulty} server says: {@code w1 w2 w3 …}, so that a word that is missing or came twice is seen. A user who says
 * {@code say 30} gets so many, {@code every 5} gets one each 5 ms. Where the last message is the beginning of an answer, it goes
 * on from there.
 *
 * @param first the number of the first word
 * @param last the number of the last word
 * @param millis between two events of a stream
 * @param suffix stands behind each number
 */
record FaultyWords(JsonNode request, int first, int last, int millis, String suffix) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SAY = Pattern.compile("say (\\d+)");
    private static final Pattern EVERY = Pattern.compile("every (\\d+)");
    private static final Pattern WORD = Pattern.compile("w(\\d+)");
    private static final int USUAL = 12;

    /** Of more than one byte each. */
    static final String WIDE = "é你";

    static FaultyWords of(byte[] body, boolean isWide) {
        JsonNode request = tree(body);
        int said = 0;
        String asked = "";
        JsonNode messages = request.path("messages");
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("user")) {
                asked = message.path("content").asText();
            }
        }
        JsonNode end = messages.path(messages.size() - 1);
        if (end.path("role").asText().equals("assistant")) {
            Matcher words = WORD.matcher(end.path("content").asText());
            while (words.find()) {
                said = Integer.parseInt(words.group(1));
            }
        }
        return new FaultyWords(
                request, said + 1, number(SAY, asked, USUAL), number(EVERY, asked, 0), isWide ? WIDE : "");
    }

    boolean isStream() {
        return request.path("stream").asBoolean();
    }

    /** The pieces of the answer: the events of a stream, or one document. */
    List<byte[]> pieces() {
        return isStream() ? events() : List.of(bytes(completion()));
    }

    static byte[] error(int status) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", "out of order")
                .put("type", "server_error")
                .put("code", "fault_" + status);
        return bytes(body);
    }

    static byte[] event(byte[] data) {
        return ("data: " + new String(data, UTF_8) + "\n\n").getBytes(UTF_8);
    }

    static byte[] models(List<String> names) {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        names.forEach(name -> data.addObject()
                .put("id", name)
                .put("object", "model")
                .put("created", 1_700_000_000)
                .put("owned_by", "faulty"));
        return bytes(list);
    }

    /** A vector for each input: its length in characters, and its place. */
    static byte[] vectors(byte[] body) {
        JsonNode request = tree(body);
        JsonNode input = request.path("input");
        ObjectNode answer = JSON.createObjectNode().put("object", "list");
        ArrayNode data = answer.putArray("data");
        boolean isOne = !input.isArray() || input.path(0).isNumber();
        for (int i = 0; i < (isOne ? 1 : input.size()); i++) {
            JsonNode text = isOne ? input : input.path(i);
            float[] vector = {text.isTextual() ? text.asText().length() : text.size(), i};
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", i);
            if (request.path("encoding_format").asText().equals("base64")) {
                ByteBuffer packed =
                        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
                for (float number : vector) {
                    packed.putFloat(number);
                }
                entry.put("embedding", Base64.getEncoder().encodeToString(packed.array()));
            } else {
                entry.putArray("embedding").add(vector[0]).add(vector[1]);
            }
        }
        answer.put("model", request.path("model").asText());
        answer.putObject("usage").put("prompt_tokens", data.size()).put("total_tokens", data.size());
        return bytes(answer);
    }

    private List<byte[]> events() {
        List<byte[]> events = new ArrayList<>();
        events.add(event(bytes(chunk("", null))));
        for (int word = first; word <= last; word++) {
            events.add(event(bytes(chunk(word(word), null))));
        }
        events.add(event(bytes(chunk(null, "stop"))));
        if (request.path("stream_options").path("include_usage").asBoolean()) {
            ObjectNode usage = head("chat.completion.chunk");
            usage.putArray("choices");
            events.add(event(bytes(counted(usage))));
        }
        events.add("data: [DONE]\n\n".getBytes(UTF_8));
        return events;
    }

    private String word(int word) {
        return "w" + word + suffix + (word == last ? "" : " ");
    }

    private ObjectNode completion() {
        StringBuilder text = new StringBuilder();
        for (int word = first; word <= last; word++) {
            text.append(word(word));
        }
        ObjectNode answer = head("chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text.toString());
        choice.put("finish_reason", "stop");
        return counted(answer);
    }

    private ObjectNode chunk(@Nullable String content, @Nullable String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (content != null) {
            delta.put("role", "assistant").put("content", content);
        }
        choice.put("finish_reason", finish);
        return chunk;
    }

    private ObjectNode head(String object) {
        return JSON.createObjectNode()
                .put("id", "faulty-1")
                .put("object", object)
                .put("created", 1_700_000_000)
                .put("model", request.path("model").asText());
    }

    private ObjectNode counted(ObjectNode answer) {
        int words = Math.max(0, last - first + 1);
        answer.putObject("usage")
                .put("prompt_tokens", 7)
                .put("completion_tokens", words)
                .put("total_tokens", 7 + words);
        return answer;
    }

    private static int number(Pattern pattern, String text, int otherwise) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(UTF_8);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
