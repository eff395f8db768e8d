package io.llmnet.pool.template;

import io.llmnet.protocol.json.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prompts in a folder of the user's: {@code NAME.md}, {@code NAME.input.json}, {@code NAME.output.json}. A file that is wrong
 * changes nothing: what it said before stays. For one thread.
 */
final class OwnPrompts {
    private static final Logger LOGGER = LoggerFactory.getLogger(OwnPrompts.class);
    private static final long MOST_BYTES = 256 * 1024;
    /** A file that was written so short a time ago may not be whole yet. */
    private static final long FRESH_MILLIS = 150;

    private static final String TEXT = ".md";
    private static final String INPUT = ".input.json";
    private static final String OUTPUT = ".output.json";

    private record Stamp(long size, FileTime modified) {}

    private final Path folder;
    private final Map<Path, Stamp> stamps = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Schema> inputs = new HashMap<>();
    private final Map<String, Schema> outputs = new HashMap<>();

    OwnPrompts(Path folder) {
        this.folder = folder;
    }

    /** Looks at the files, and reads those whose time or size is another. */
    Prompts look() {
        Map<Path, Stamp> now = new TreeMap<>();
        for (Path file : files()) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                now.put(file, new Stamp(found.size(), found.lastModifiedTime()));
            } catch (IOException gone) {
                LOGGER.debug("a prompt file is gone: file={}", file);
            }
        }
        stamps.keySet().retainAll(now.keySet());
        retain(texts, TEXT, now);
        retain(inputs, INPUT, now);
        retain(outputs, OUTPUT, now);
        now.forEach((file, stamp) -> {
            if (!stamp.equals(stamps.get(file))) {
                take(file, stamp);
            }
        });
        return new Prompts(texts, inputs, outputs);
    }

    private List<Path> files() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            // A folder that cannot be listed for a moment is not an empty one.
            return List.copyOf(stamps.keySet());
        }
    }

    private void retain(Map<String, ?> known, String kind, Map<Path, Stamp> now) {
        known.keySet().removeIf(name -> !now.containsKey(folder.resolve(name + kind)));
    }

    private void take(Path file, Stamp stamp) {
        String name = String.valueOf(file.getFileName());
        try {
            if (name.endsWith(INPUT)) {
                put(inputs, name, INPUT, read(file, stamp, Schema::parse));
            } else if (name.endsWith(OUTPUT)) {
                put(outputs, name, OUTPUT, read(file, stamp, Schema::parse));
            } else if (name.endsWith(TEXT)) {
                put(texts, name, TEXT, read(file, stamp, OwnPrompts::text));
            }
        } catch (IOException | IllegalArgumentException e) {
            if (Math.abs(System.currentTimeMillis() - stamp.modified().toMillis()) < FRESH_MILLIS) {
                return; // looked at again
            }
            LOGGER.warn("prompt file not taken up, what counted before counts: file={} reason={}", file, reason(e));
        }
        stamps.put(file, stamp);
    }

    private static <T> void put(Map<String, T> known, String file, String kind, T value) {
        known.put(file.substring(0, file.length() - kind.length()), value);
    }

    private static <T> T read(Path file, Stamp stamp, Function<String, T> reader) throws IOException {
        if (stamp.size() > MOST_BYTES) {
            throw new IllegalArgumentException("it is longer than " + MOST_BYTES + " bytes");
        }
        return reader.apply(Files.readString(file));
    }

    private static String text(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return text;
    }

    private static String reason(Exception why) {
        return why instanceof IOException
                ? "it cannot be read; it must be UTF-8 text that you may read"
                : String.valueOf(why.getMessage());
    }
}
