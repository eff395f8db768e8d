package io.llmnet.config;

import java.util.Locale;
import java.util.Optional;

/** Reads texts into values: JSON, JSON with comments, YAML 1.2 and TOML 1.0. Whatever the text, no exception comes of it. */
public final class Document {
    /** How many characters a document may have. */
    public static final int SIZE_LIMIT = 4 << 20;

    /** How deep lists and maps may stand in each other. */
    static final int DEPTH_LIMIT = 64;

    /** How many values a document may have, aliases counted each time. */
    static final int VALUE_LIMIT = 200_000;

    private Document() {}

    /**
     * Reads one text; by the file's extension, or by its first character where that says nothing.
     *
     * @param problems takes what is wrong
     * @return what the text holds; empty when it is no document, and a problem says why
     */
    public static Optional<Value> read(String file, String text, Problems problems) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Place start = new Place(file, 1, 1);
        try {
            if (body.length() > SIZE_LIMIT) {
                throw new Malformed(start, "is larger than " + (SIZE_LIMIT >> 20) + " MiB; make it smaller");
            }
            if (body.isBlank()) {
                throw new Malformed(start, "is empty; write something into it");
            }
            if (isToml(file)) {
                return new TomlText(file, body, problems).read();
            }
            return Optional.of(
                    isJson(file, body)
                            ? new JsonText(file, body, problems).read()
                            : new YamlText(file, body, problems).read());
        } catch (Malformed malformed) {
            problems.error(malformed.place(), "", malformed.words());
            return Optional.empty();
        }
    }

    /** Whether a file holds TOML, which only its name tells. */
    public static boolean isToml(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".toml");
    }

    private static boolean isJson(String file, String text) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return false;
        }
        return name.endsWith(".json")
                || name.endsWith(".jsonc")
                || "{[/".indexOf(text.stripLeading().charAt(0)) >= 0;
    }
}
