package io.llmnet.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users' own Camel routes: the YAML files in the folders {@code routes} beside pipelines. For one thread at a time. */
public final class RouteFiles {
    private final Tracked files;

    /**
     * What has changed.
     *
     * @param texts of files that are new or changed; null for one that cannot be read
     * @param gone those that are not there any more
     */
    public record Changes(Map<Path, @Nullable String> texts, Set<Path> gone) {
        public boolean areNone() {
            return texts.isEmpty() && gone.isEmpty();
        }
    }

    /** The routes of these folders, which need not be there. */
    public RouteFiles(List<Path> folders) {
        this.files = new Tracked(folders, RouteFiles::isRoutes);
    }

    public Changes look() {
        Tracked.Diff diff = files.look();
        return new Changes(diff.texts(), diff.gone());
    }

    private static boolean isRoutes(Path file) {
        return String.valueOf(file.getFileName()).matches("(?i)[^.].*\\.ya?ml");
    }
}
