package io.llmnet.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The library libgomp, which llama.cpp needs on Linux and slim images lack.
 *
 * @param folders where the loader looks for libraries
 */
public record OpenMp(List<Path> folders) {
    private static final String LIBRARY = "libgomp.so.1";
    private static final String PACKAGE = "libgomp1";

    /** On this machine, in the folders that loaders know by themselves. */
    public static OpenMp ofThisMachine() {
        List<Path> folders = new ArrayList<>();
        for (String root : List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")) {
            folders.add(Path.of(root));
            folders.addAll(inside(Path.of(root)));
        }
        String more = System.getenv("LD_LIBRARY_PATH");
        if (more != null) {
            Stream.of(more.split(":", -1))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        return new OpenMp(folders);
    }

    /** Whether the loader will find it. */
    public boolean isThere() {
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(LIBRARY)));
    }

    /**
     * Sees that it is there, and installs it where we may.
     *
     * @throws IOException if it is not there afterwards; says how to install it
     */
    public void ensure(Consumer<String> progress) throws IOException {
        boolean isLinux = System.getProperty("os.name").equals("Linux");
        if (!isLinux || isThere() || isKnownToLoader()) {
            return;
        }
        if (System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            progress.accept("installing " + PACKAGE + ", which llama.cpp needs");
            if (apt("install", "-y", "--no-install-recommends", PACKAGE)
                    || (apt("update") && apt("install", "-y", "--no-install-recommends", PACKAGE))) {
                return;
            }
        }
        throw new IOException("llama.cpp needs the library " + LIBRARY
                + ", which is not on this machine; install it (Debian: sudo apt-get install -y " + PACKAGE
                + "; Fedora: sudo dnf install libgomp)");
    }

    private static boolean apt(String... words) throws IOException {
        return succeeds(Stream.concat(Stream.of("/usr/bin/apt-get", "-q"), Stream.of(words))
                .toList());
    }

    private static boolean isKnownToLoader() throws IOException {
        Path program = Path.of("/sbin/ldconfig");
        return Files.isExecutable(program)
                && run(List.of(program.toString(), "-p")).output().contains(LIBRARY);
    }

    private static boolean succeeds(List<String> command) throws IOException {
        return run(command).code() == 0;
    }

    private static Child run(List<String> command) throws IOException {
        Path log = Files.createTempFile("llmnet-", ".log");
        try {
            return Child.run(command, Map.of("DEBIAN_FRONTEND", "noninteractive"), log, () -> {});
        } finally {
            Files.delete(log);
        }
    }

    private static List<Path> inside(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.toString().contains("-linux-"))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
