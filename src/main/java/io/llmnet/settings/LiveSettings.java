package io.llmnet.settings;

import io.llmnet.config.Document;
import io.llmnet.config.Place;
import io.llmnet.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the settings of a file that may change: what is wrong never replaces what was right. For one thread. */
public final class LiveSettings {
    private final Path file;
    private final UnaryOperator<@Nullable String> environment;
    private @Nullable String text;
    private boolean gone;
    private boolean wrong;
    private Settings settings;

    /**
     * What a look at a changed file brought.
     *
     * @param settings those that hold now: the file's, or those before where it cannot be used
     * @param problems all that is wrong with it
     * @param restarts the keys that have changed, and that count from the next start on only
     */
    public record Look(Settings settings, List<Problem> problems, List<String> restarts) {
        public Look {
            problems = List.copyOf(problems);
            restarts = List.copyOf(restarts);
        }

        /** Whether the file's settings are those that hold. */
        public boolean isRight() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    /**
     * Of a file that has been read.
     *
     * @param file whose first look tells of any change since
     * @param settings what it said
     */
    public LiveSettings(Path file, Settings settings, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        this.environment = environment;
        this.settings = settings;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The settings that hold now. */
    public Settings settings() {
        return settings;
    }

    /** Looks at the file; empty when it means what it meant at the last look. What a file said that is gone holds on. */
    public Optional<Look> look() {
        try {
            String now = Files.readString(file);
            gone = false;
            if (now.equals(text)) {
                return Optional.empty();
            }
            text = now;
            return change(SettingsFile.read(file.toString(), now, environment));
        } catch (IOException unreadable) {
            if (gone) {
                return Optional.empty();
            }
            gone = true;
            Problem problem = new Problem(
                    Problem.Severity.ERROR,
                    new Place(file.toString(), 1, 1),
                    "",
                    "cannot be read any more; what it said holds until it can");
            return Optional.of(new Look(settings, List.of(problem), List.of()));
        }
    }

    private Optional<Look> change(SettingsFile.Read read) {
        boolean mended = wrong;
        wrong = !read.isRight();
        if (wrong) {
            return Optional.of(new Look(settings, read.problems(), List.of()));
        }
        if (read.settings().equals(settings) && !mended) {
            return Optional.empty();
        }
        List<String> restarts = Restarts.between(settings, read.settings(), Document.isToml(file.toString()));
        settings = read.settings();
        return Optional.of(new Look(settings, read.problems(), restarts));
    }
}
