package io.llmnet.protocol.openai;

import io.llmnet.protocol.json.JsonString;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a request, as places in its body.
 *
 * @param content the content's value; null when there is no such key
 * @param parts of a content that is an array, else none
 */
@SuppressWarnings("ArrayRecordComponent") // places mean nothing without their body
record Message(byte[] body, Span all, String role, @Nullable Span content, Kind kind, List<Part> parts) {
    /** What the content is. */
    enum Kind {
        /** Absent, or {@code null}. */
        NONE,
        TEXT,
        PARTS
    }

    /**
     * One part of a content.
     *
     * @param text where the text of a text part is; null for images and the like
     */
    record Part(Span all, @Nullable Span text) {}

    boolean isUser() {
        return role.equals("user");
    }

    boolean isSystem() {
        return role.equals("system") || role.equals("developer");
    }

    /** What it says; the texts of several parts on lines of their own. */
    String text() {
        return switch (kind) {
            case NONE -> "";
            case TEXT -> string(contentSpan());
            case PARTS ->
                parts.stream()
                        .map(Part::text)
                        .filter(Objects::nonNull)
                        .map(this::string)
                        .collect(Collectors.joining("\n"));
        };
    }

    void write(Splice out) {
        out.raw(body, all);
    }

    /** Writes it with a text put before its own. */
    void writeAfter(String prefix, Splice out) {
        upToContent(out);
        switch (kind) {
            case NONE -> out.quoted(prefix);
            case TEXT ->
                out.text('"' + JsonString.escape(prefix + "\n\n"))
                        .raw(body, contentSpan().start() + 1, contentSpan().end());
            case PARTS ->
                out.text("[{\"type\":\"text\",\"text\":")
                        .quoted(prefix)
                        .text(parts.isEmpty() ? "}" : "},")
                        .raw(body, contentSpan().start() + 1, contentSpan().end());
        }
        fromContent(out);
    }

    /** Writes it saying something else; what is no text stays. */
    void writeSaying(String text, Splice out) {
        if (kind == Kind.PARTS && parts.stream().allMatch(part -> part.text() == null)) {
            writeAfter(text, out);
            return;
        }
        upToContent(out);
        if (kind == Kind.PARTS) {
            writeParts(text, out);
        } else {
            out.quoted(text);
        }
        fromContent(out);
    }

    private void writeParts(String text, Splice out) {
        boolean isSaid = false;
        String separator = "[";
        for (Part part : parts) {
            Span old = part.text();
            if (old == null) {
                out.text(separator).raw(body, part.all());
            } else if (!isSaid) {
                isSaid = true;
                out.text(separator)
                        .raw(body, part.all().start(), old.start())
                        .quoted(text)
                        .raw(body, old.end(), part.all().end());
            } else {
                continue;
            }
            separator = ",";
        }
        out.text("]");
    }

    private void upToContent(Splice out) {
        if (content == null) {
            out.text("{\"content\":");
        } else {
            out.raw(body, all.start(), content.start());
        }
    }

    private void fromContent(Splice out) {
        if (content == null) {
            out.text(",").raw(body, all.start() + 1, all.end()); // not empty: it has a role
        } else {
            out.raw(body, content.end(), all.end());
        }
    }

    private String string(Span span) {
        return JsonString.decode(body, span.start(), span.end());
    }

    private Span contentSpan() {
        return Objects.requireNonNull(content);
    }
}
