package io.llmnet.gateway.ledger;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps something in a file over restarts. The file is replaced whole, so that it is never half written; one that cannot be
 * understood is told and put aside. Blocks: not for the event loop.
 */
final class StateFile {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateFile.class);

    private final Path file;
    private final Kept kept;
    private long saved;
    private boolean isTold;

    StateFile(Path file, Kept kept) {
        this.file = file;
        this.kept = kept;
    }

    /** Reads the file, if there is one. */
    synchronized void load() {
        try {
            kept.restore(Json.object(Files.readAllBytes(file), Fault.INTERNAL, "it"));
        } catch (NoSuchFileException none) {
            LOGGER.debug("file={} is not there yet", file);
        } catch (ChatException | IllegalArgumentException broken) {
            putAside(String.valueOf(broken.getMessage()));
        } catch (IOException unreadable) {
            LOGGER.warn("file={} cannot be read: {}; what it holds is not counted", file, unreadable.toString());
        }
        saved = kept.version();
    }

    private void putAside(String why) {
        Path aside = file.resolveSibling(file.getFileName() + ".broken");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOGGER.warn(
                    "file={} is broken: {}; it is now {}, and counting begins anew", file, why, aside.getFileName());
        } catch (IOException e) {
            LOGGER.warn("file={} is broken: {}; counting begins anew", file, why);
        }
    }

    /** Writes the file, if there is something new. */
    synchronized void save() {
        long version = kept.version();
        if (version == saved) {
            return;
        }
        try {
            write(Json.bytes(kept.state()));
            saved = version;
            isTold = false;
        } catch (IOException e) {
            if (!isTold) {
                LOGGER.warn("file={} cannot be written: {}; a restart will forget", file, e.toString());
                isTold = true;
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
