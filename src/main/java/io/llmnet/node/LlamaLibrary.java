package io.llmnet.node;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.args.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads llama.cpp's native library, once a process.
 *
 * <p>The binding unpacks it under one fixed name, so a second node on the machine would overwrite the library under the
 * first: each process has a folder of its own, emptied as soon as the library is loaded where the system allows that.
 */
final class LlamaLibrary {
    private static final String FOLDER = "de.kherud.llama.tmpdir";

    private static boolean loaded;

    private LlamaLibrary() {}

    /** Throws NodeFailure that says what to install when the library does not load. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        Path folder = folder();
        try {
            loadFrom(folder);
            loaded = true;
        } finally {
            empty(folder);
        }
    }

    /** The binding tells of its unpacking on standard output, and of what is missing on standard error only. */
    private static void loadFrom(Path folder) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream heard = new PrintStream(said, true, StandardCharsets.UTF_8);
        String before = System.setProperty(FOLDER, folder.toString());
        System.setOut(heard);
        System.setErr(heard);
        try {
            LlamaModel.setLogger(LogFormat.TEXT, (level, text) -> {});
        } catch (LinkageError e) {
            throw new NodeFailure(advice(said.toString(StandardCharsets.UTF_8) + e.getMessage()), e);
        } finally {
            System.setOut(out);
            System.setErr(err);
            restore(before);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            System.clearProperty(FOLDER);
        } else {
            System.setProperty(FOLDER, before);
        }
    }

    static String advice(String said) {
        String mend = said.contains("libgomp")
                ? "libgomp is missing: apt-get install libgomp1 (Debian, Ubuntu) or dnf install libgomp (Fedora, RHEL)"
                : said.lines().reduce((first, last) -> last).orElse("the reason is unknown");
        return "llama.cpp cannot be loaded: " + mend;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("llmnet-node-");
        } catch (IOException e) {
            throw new NodeFailure(
                    "no folder for llama.cpp's library in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** A loaded library's file may go on Unix, but not on Windows; there it goes with the process. */
    private static void empty(Path folder) {
        folder.toFile().deleteOnExit();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(LlamaLibrary::delete);
        } catch (IOException e) {
            return;
        }
        delete(folder);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
