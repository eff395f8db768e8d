package io.llmnet.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for what is not whole yet. */
final class Scratch {
    private Scratch() {}

    /** Removes what killed processes left in {@code home}; to be called when no other can be at work there. */
    static void sweep(Path home, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path left : files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList()) {
                delete(left);
            }
        }
    }

    /** Removes a folder and all in it, if it is there. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
