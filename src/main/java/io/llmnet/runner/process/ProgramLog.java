package io.llmnet.runner.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What programs say, in a file that does not grow without end: full, it becomes {@code .1}, and a new one is begun. */
public final class ProgramLog implements AutoCloseable {
    private static final long MOST_BYTES = 10_000_000;
    private static final int LAST_BYTES = 4096;
    private static final int LAST_LINES = 10;

    private final Path file;
    private final long most;
    private byte[] last = {};
    private long size;
    private @Nullable OutputStream out;

    public ProgramLog(Path file) {
        this(file, MOST_BYTES);
    }

    ProgramLog(Path file, long most) {
        this.file = file;
        this.most = most;
    }

    public Path file() {
        return file;
    }

    /** From now on another program speaks, or the same once more. */
    public synchronized void begin() {
        last = new byte[0];
    }

    /** Takes what was said; that the disk is full stops nobody. */
    synchronized void write(byte[] bytes, int length) {
        byte[] joined = Arrays.copyOf(last, last.length + length);
        System.arraycopy(bytes, 0, joined, last.length, length);
        last = Arrays.copyOfRange(joined, Math.max(0, joined.length - LAST_BYTES), joined.length);
        try {
            OutputStream open = out == null ? open() : out;
            open.write(bytes, 0, length);
            size += length;
            if (size >= most) {
                close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException full) {
            close();
        }
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        out = opened;
        return opened;
    }

    /** The last lines that were said since it began. */
    public synchronized String lastWords() {
        List<String> lines = new String(last, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public synchronized void close() {
        OutputStream open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException lost) {
                // what could not be written is lost
            }
        }
    }
}
