package io.llmnet.runner.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches files once, and keeps them under the hash of their address. A file is there whole or not at all, however many
 * threads and processes fetch it; what was interrupted goes on where it stopped.
 */
public final class Fetch {
    private static final Map<Path, ReentrantLock> OPEN = new ConcurrentHashMap<>();
    private static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z0-9]{1,10})$");
    private static final int HASH_DIGITS = 16;
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 200;

    private final Path folder;
    private final Hub hub;
    private final Consumer<String> progress;

    /**
     * Into that folder.
     *
     * @param progress told in single lines what goes on
     */
    public Fetch(Path folder, Hub hub, Consumer<String> progress) {
        this.folder = folder;
        this.hub = hub;
        this.progress = progress;
    }

    /**
     * Where the file of a remote source is, fetched first if it is not there yet.
     *
     * @throws IOException if it cannot be had; for people
     */
    public Path file(String source) throws IOException, InterruptedException {
        URI url = hub.url(source);
        Path file = folder.resolve(name(url)).toAbsolutePath();
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(folder);
        ReentrantLock ours = OPEN.computeIfAbsent(file, path -> new ReentrantLock());
        ours.lockInterruptibly();
        try (FileChannel channel =
                        FileChannel.open(beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock others = channel.lock()) {
            if (others.isValid() && !Files.exists(file)) {
                fetch(url, file);
            }
            return file;
        } finally {
            ours.unlock();
        }
    }

    private void fetch(URI url, Path file) throws IOException, InterruptedException {
        Path part = beside(file, ".part");
        progress.accept("fetching " + url + " to " + folder);
        Download download = new Download(url, part, beside(file, ".etag"), hub, progress);
        for (int attempt = 1; !download.isWhole(); attempt++) {
            try {
                download.run();
            } catch (Download.Refused refused) {
                throw refused;
            } catch (IOException broken) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(
                            url + " could not be fetched: " + broken.getMessage() + "; started again, it goes on",
                            broken);
                }
                Thread.sleep(attempt * PAUSE_MILLIS);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(beside(file, ".etag"));
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** The first digits of the address's SHA-256, and the ending of what it names. */
    static String name(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        Matcher ending = EXTENSION.matcher(path);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
            return ending.find() ? digits + "." + ending.group(1) : digits;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
