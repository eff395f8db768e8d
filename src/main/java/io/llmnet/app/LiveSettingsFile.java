package io.llmnet.app;

import io.llmnet.config.Problem;
import io.llmnet.folder.Watch;
import io.llmnet.settings.LiveSettings;
import io.llmnet.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what the settings file says while the server runs. */
final class LiveSettingsFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveSettingsFile.class);

    private final LiveSettings live;
    private final Consumer<Settings> changed;
    private final Watch watch;

    /**
     * Watches a file from now on.
     *
     * @param settings what it said when it was read
     * @param changed is told what it says now, unless that is wrong
     */
    LiveSettingsFile(Path file, Settings settings, Consumer<Settings> changed) {
        this.live = new LiveSettings(file, settings, System::getenv);
        this.changed = changed;
        Path folder = file.toAbsolutePath().getParent();
        this.watch = new Watch(folder == null ? List.of() : List.of(folder), this::look);
    }

    private void look() {
        live.look().ifPresent(look -> {
            look.problems().stream().map(Problem::toString).forEach(look.isRight() ? LOGGER::warn : LOGGER::error);
            if (look.isRight()) {
                changed.accept(look.settings());
                LOGGER.info("settings taken up: file={}", live.file());
            }
            if (!look.restarts().isEmpty()) {
                LOGGER.warn("counts from the next start on only: {}", String.join(", ", look.restarts()));
            }
        });
    }

    @Override
    public void close() {
        watch.close();
    }
}
