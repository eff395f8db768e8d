package io.llmnet.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Takes the native code out of jars, and keeps that of one platform beside them, in the folder {@code native}. */
record Trimming(Platform platform) {
    /** ONNX Runtime's and DJL's: the platform, and the rest of the path. */
    private static final Pattern NATIVE =
            Pattern.compile("(?:ai/onnxruntime/native|native/lib)/([a-z]+-[a-z0-9_]+)/(?:cpu/)?(.*)");

    private static final Pattern LIBRARY = Pattern.compile("[^/]+\\.(?:so|dylib|jnilib|dll)");

    /**
     * Trims all jars of a folder.
     *
     * @throws IOException if one has native code, but none for the platform
     */
    void trim(Path folder) throws IOException {
        Path kept = Files.createDirectories(folder.resolve("native"));
        for (Path jar : jars(folder)) {
            Path trimmed = folder.resolve("trimmed");
            if (copy(jar, trimmed, kept)) {
                Files.move(trimmed, jar, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(trimmed);
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Copies a jar without its native code; says whether there was any. */
    private boolean copy(Path jar, Path trimmed, Path kept) throws IOException {
        Set<String> platforms = new HashSet<>();
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(trimmed))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
                Matcher code = NATIVE.matcher(entry.getName());
                if (!code.matches()) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream bytes = from.getInputStream(entry)) {
                        bytes.transferTo(to);
                    }
                    to.closeEntry();
                } else if (LIBRARY.matcher(code.group(2)).matches()) {
                    platforms.add(code.group(1));
                    keep(from, entry, code, kept);
                }
            }
        }
        if (!platforms.isEmpty() && platforms.stream().noneMatch(platform::isFor)) {
            throw new IOException("the embedding library has no native code for " + platform
                    + "; let the node name a model that serves /v1/embeddings by \"embedding-model\"");
        }
        return !platforms.isEmpty();
    }

    private void keep(ZipFile from, ZipEntry entry, Matcher code, Path kept) throws IOException {
        if (platform.isFor(code.group(1))) {
            try (InputStream bytes = from.getInputStream(entry)) {
                Files.copy(bytes, kept.resolve(code.group(2)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
