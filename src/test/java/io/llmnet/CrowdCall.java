package io.llmnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One call of a {@link Crowd}, and what is wrong with its answer. On one event loop. */
final class CrowdCall {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EVENT_END = Pattern.compile("\r?\n\r?\n");
    private static final int LONGEST = 200;

    private final int words;
    private final boolean isStream;
    private final boolean leaves;
    private final Consumer<End> told;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Buffer received = Buffer.buffer();
    private boolean isCounted = true;
    private Runnable atEnd = () -> {};
    private @Nullable HttpClientRequest request;

    enum Kind {
        OK,
        /** Whole but for its usage, which the server that broke off took with it. */
        UNCOUNTED,
        LEFT,
        FAILED
    }

    /** How it ended; the text is what was wrong. */
    record End(Kind kind, String text) {}

    CrowdCall(int words, boolean isStream, boolean leaves, Consumer<End> told) {
        this.words = words;
        this.isStream = isStream;
        this.leaves = leaves;
        this.told = told;
    }

    void onEnd(Runnable then) {
        atEnd = then;
    }

    void send(HttpClientRequest through, byte[] body) {
        request = through;
        if (isOver.get()) {
            through.reset();
            return;
        }
        through.exceptionHandler(broken -> failed("broken before the answer: " + broken.getMessage()));
        through.response().onSuccess(this::read).onFailure(none -> failed("no answer: " + none.getMessage()));
        through.send(Buffer.buffer(body));
    }

    void failed(String why) {
        end(Kind.FAILED, why);
    }

    private void end(Kind kind, String text) {
        if (isOver.compareAndSet(false, true)) {
            HttpClientRequest open = request;
            if ((kind == Kind.LEFT || kind == Kind.FAILED) && open != null) {
                open.reset();
            }
            atEnd.run();
            told.accept(new End(kind, text));
        }
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(broken -> failed("broken off after \"" + tail() + "\": " + broken.getMessage()));
        response.handler(more -> {
            received.appendBuffer(more);
            if (leaves && response.statusCode() == 200 && text().contains("\"w1")) {
                end(Kind.LEFT, "");
            }
        });
        response.endHandler(nothing -> {
            String wrong = wrong(response);
            Kind well = isCounted ? Kind.OK : Kind.UNCOUNTED;
            end(wrong.isEmpty() ? well : Kind.FAILED, wrong);
        });
    }

    private String wrong(HttpClientResponse response) {
        String type = String.valueOf(response.getHeader("content-type"));
        if (response.statusCode() != 200) {
            return response.statusCode() + " " + shortened(text());
        }
        if (!type.startsWith(isStream ? "text/event-stream" : "application/json")) {
            return "the wrong type " + type;
        }
        try {
            return isStream ? wrongStream(text()) : wrongWhole(JSON.readTree(text()));
        } catch (JsonProcessingException notJson) {
            return "no JSON: " + shortened(text()) + " ... " + tail();
        }
    }

    private String wrongWhole(JsonNode answer) {
        JsonNode choice = answer.path("choices").path(0);
        String wrong = wrongWords(choice.path("message").path("content").asText());
        if (wrong.isEmpty() && !choice.path("finish_reason").asText().equals("stop")) {
            return "no finish_reason: " + shortened(text());
        }
        return wrong.isEmpty() && answer.at("/usage/completion_tokens").asInt() <= 0 ? "no usage" : wrong;
    }

    private String wrongStream(String text) throws JsonProcessingException {
        List<String> events = EVENT_END
                .splitAsStream(text)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .collect(Collectors.toList());
        if (events.isEmpty() || !events.get(events.size() - 1).equals("[DONE]")) {
            return "no [DONE] but \"" + tail() + "\"";
        }
        StringBuilder said = new StringBuilder();
        int finishes = 0;
        int usages = 0;
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode chunk = JSON.readTree(event);
            if (chunk.has("error")) {
                return "told of an error: " + shortened(event);
            }
            said.append(chunk.at("/choices/0/delta/content").asText(""));
            finishes += chunk.at("/choices/0/finish_reason").isTextual() ? 1 : 0;
            usages += chunk.path("usage").isObject() ? 1 : 0;
        }
        String wrong = wrongWords(said.toString());
        if (!wrong.isEmpty()) {
            return wrong;
        }
        isCounted = usages == 1;
        return finishes == 1 && usages <= 1 ? "" : finishes + " times a finish_reason, " + usages + " times usage";
    }

    private String wrongWords(String said) {
        String wanted =
                IntStream.rangeClosed(1, words).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
        // Where one server has gone on for another, only some of the words may be wide.
        if (said.replace(FaultyWords.WIDE, "").equals(wanted)) {
            return "";
        }
        return "other words than w1 to w" + words + ": \"" + shortened(said) + "\"";
    }

    private String text() {
        return received.toString(StandardCharsets.UTF_8);
    }

    private String tail() {
        String text = text();
        return text.substring(Math.max(0, text.length() - LONGEST / 2));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
