package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of a trace as people read them: a line each, what a node does indented by how deep it is in its pipeline. */
final class TraceLines {
    private static final int ID_LENGTH = 8;
    private static final int LONGEST_TEXT = 300;
    private static final String INDENT = "  ";

    private final DateTimeFormatter clock;

    TraceLines(ZoneId zone) {
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    List<String> of(JsonNode event) {
        List<String> lines = new ArrayList<>();
        String said = said(event);
        if (said.isEmpty()) {
            return lines;
        }
        String id = text(event, "request");
        String head = clock.format(Instant.ofEpochMilli(event.path("time").asLong())) + " "
                + id.substring(0, Math.min(ID_LENGTH, id.length())) + " "
                + INDENT.repeat(Math.max(
                        event.path("node").isMissingNode() ? 0 : 1,
                        event.path("hop").asInt()));
        lines.add(head + said);
        quote(event, "input", head + INDENT + "> ", lines);
        quote(event, "output", head + INDENT + "< ", lines);
        return lines;
    }

    private static String said(JsonNode event) {
        String node = text(event, "node");
        return switch (event.path("phase").asText()) {
            case "begin" ->
                text(event, "pipeline") + " begins" + (event.path("stream").asBoolean() ? " a stream" : "");
            case "ask" -> node + " asks " + text(event, "model") + " to " + text(event, "purpose");
            case "answer" -> node + " " + outcome(event);
            case "choice" -> node + " -> " + text(event, "chosen") + " (" + text(event, "how") + ")";
            case "end" -> text(event, "pipeline") + " " + outcome(event);
            case "dropped" -> "... " + event.path("count").asLong() + " events were too fast to be shown";
            default -> "";
        };
    }

    private static String outcome(JsonNode event) {
        StringBuilder words = new StringBuilder(text(event, "outcome"));
        if (!text(event, "outcome").equals("ok")) {
            words.append(' ').append(event.path("status").asInt());
            if (event.hasNonNull("code")) {
                words.append(' ').append(text(event, "code"));
            }
        }
        words.append(" in ").append(Math.round(event.path("ms").asDouble())).append(" ms");
        if (event.hasNonNull("prompt_tokens")) {
            words.append(", ")
                    .append(event.path("prompt_tokens").asLong())
                    .append(" + ")
                    .append(event.path("completion_tokens").asLong())
                    .append(" tokens");
        }
        return words.toString();
    }

    private static void quote(JsonNode event, String member, String head, List<String> lines) {
        String words = text(event, member);
        if (!words.isEmpty()) {
            boolean isLong = words.length() > LONGEST_TEXT;
            lines.add(head + (isLong ? words.substring(0, LONGEST_TEXT) + "..." : words));
        }
    }

    /** On one line, and with nothing in it that a terminal would obey. */
    private static String text(JsonNode event, String member) {
        return event.path(member).asText().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
