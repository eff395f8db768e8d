package io.llmnet.settings;

import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of backends that files may name. */
public final class Kinds {
    /** Each is a profile. */
    public static final List<String> NAMES = List.of(
            "ollama",
            "vllm",
            "llamacpp",
            "lmstudio",
            "exo",
            "localai",
            "sglang",
            "tgi",
            "llmnet",
            "gateway",
            "openai",
            "anthropic",
            "google",
            "generic");

    /** The word for a kind that the backend's fingerprint shall tell. */
    static final String AUTO = "auto";

    private static final String FOLDER = "profiles";

    private Kinds() {}

    /**
     * The kind at a key, however it is written: {@code llama.cpp}, {@code LM Studio}; null where its fingerprint shall tell.
     * The user's own kinds are those of the folder {@code profiles} beside the file.
     */
    static @Nullable String read(Section backend, String key) {
        String written = backend.text(key);
        if (written == null) {
            return null;
        }
        String small = written.toLowerCase(Locale.ROOT);
        String word = small.replaceAll("[-_. ]", "");
        if (word.equals(AUTO)) {
            return null;
        }
        if (NAMES.contains(word)) {
            return word;
        }
        List<String> own = beside(backend.place().file());
        if (!own.contains(small)) {
            List<String> all = Stream.concat(NAMES.stream(), own.stream()).toList();
            backend.error(key, "there is no kind \"" + Words.shown(written) + "\"; " + Spelling.advice(written, all));
        }
        return small;
    }

    private static List<String> beside(String settings) {
        Path folder = Path.of(settings).toAbsolutePath().resolveSibling(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().flatMap(file -> kind(file).stream()).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** The kind that a profile is of. What is wrong with the file is told when the server reads it. */
    private static Optional<String> kind(Path file) {
        if (!file.toString().matches(".*\\.(yaml|yml|json)")) {
            return Optional.empty();
        }
        try {
            Value profile = Document.read(file.toString(), Files.readString(file), new Problems())
                    .orElse(null);
            Value kind = profile instanceof Value.Mapping mapping ? mapping.find("kind") : null;
            return kind instanceof Value.Text text
                    ? Optional.of(text.text().toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
