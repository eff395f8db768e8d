package io.llmnet.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files in some places, and which of them have changed since the last look. For one thread. */
final class Tracked {
    /** A file that was written so short a time ago may not be whole yet. */
    private static final long FRESH_MILLIS = 150;

    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {}

    /**
     * What has changed.
     *
     * @param texts of files that are new or have other words in them; null for one that cannot be read
     * @param gone files that are not there any more
     */
    record Diff(Map<Path, @Nullable String> texts, Set<Path> gone) {}

    private final List<Path> places;
    private final Predicate<Path> wanted;
    private final Map<Path, Stamp> stamps = new TreeMap<>();
    private final Map<Path, String> texts = new TreeMap<>();
    private Set<Path> seen = Set.of();

    /**
     * Nothing seen yet.
     *
     * @param places files, and folders that stand for the wanted files in them
     */
    Tracked(List<Path> places, Predicate<Path> wanted) {
        this.places = List.copyOf(places);
        this.wanted = wanted;
    }

    /** Looks at every file, and reads those whose time or size is another. */
    Diff look() {
        Map<Path, Stamp> now = stamps();
        Map<Path, @Nullable String> changed = new LinkedHashMap<>();
        now.forEach((file, stamp) -> {
            if (!stamp.equals(stamps.get(file))) {
                read(file, stamp, changed);
            }
        });
        Set<Path> gone = new HashSet<>(seen);
        gone.removeAll(now.keySet());
        gone.forEach(this::again);
        seen = Set.copyOf(now.keySet());
        return new Diff(changed, gone);
    }

    /** Takes a file for changed at the next look; if it was but half written, that is when it is whole. */
    void again(Path file) {
        stamps.remove(file);
        texts.remove(file);
    }

    /** Whether a file was written a moment ago, so that its author may not have come to its end. */
    boolean isFresh(Path file) {
        Stamp stamp = stamps.get(file);
        return stamp != null && isFresh(stamp);
    }

    private static boolean isFresh(Stamp stamp) {
        return Math.abs(System.currentTimeMillis() - stamp.modified().toMillis()) < FRESH_MILLIS;
    }

    private void read(Path file, Stamp stamp, Map<Path, @Nullable String> changed) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            stamps.put(file, stamp);
            texts.remove(file);
            changed.put(file, null);
            return;
        }
        if (text.isBlank() && texts.containsKey(file) && isFresh(stamp)) {
            // Its author has emptied it to write it anew: looked at again.
            return;
        }
        stamps.put(file, stamp);
        if (!text.equals(texts.put(file, text))) {
            changed.put(file, text);
        }
    }

    private Map<Path, Stamp> stamps() {
        Map<Path, Stamp> found = new TreeMap<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                Stamp stamp = stamp(file);
                if (stamp != null) {
                    found.put(file, stamp);
                }
            }
        }
        return found;
    }

    private Collection<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.filter(wanted).toList();
        } catch (NotDirectoryException | NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // A folder that cannot be listed for a moment is not an empty one.
            return seen.stream().filter(file -> place.equals(file.getParent())).toList();
        }
    }

    private static @Nullable Stamp stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.isRegularFile() ? new Stamp(now.size(), now.lastModifiedTime(), now.fileKey()) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
