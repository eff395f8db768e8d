package io.llmnet.app;

import io.llmnet.folder.Watch;
import io.llmnet.pool.Contract;
import io.llmnet.pool.Contracts;
import io.llmnet.pool.template.Templates;
import io.llmnet.settings.PoolSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The templates of tasks, as the user's folder has them now. */
final class LiveTemplates implements Contracts, AutoCloseable {
    private @Nullable Path folder;
    private volatile Templates templates;
    private @Nullable Watch watch;

    /** Those in a folder, beside our own; null for ours alone. */
    LiveTemplates(@Nullable Path folder) {
        this.folder = folder;
        this.templates = new Templates(folder);
        this.watch = watch(templates, folder);
    }

    /** Another folder may have them from now on. */
    synchronized void change(@Nullable Path other) {
        if (Objects.equals(folder, other)) {
            return;
        }
        close();
        folder = other;
        templates = new Templates(other);
        watch = watch(templates, other);
    }

    private static @Nullable Watch watch(Templates templates, @Nullable Path folder) {
        return folder == null ? null : new Watch(List.of(folder), templates::look);
    }

    @Override
    public Optional<Contract> of(PoolSettings.Task task, String prompt) {
        return templates.of(task, prompt);
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
