package io.llmnet.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files whenever the system says that something happened to them, and every half second in any case: not every
 * system tells (a folder mounted into a container, one on the network), and some tell late.
 *
 * <p>A look takes time that grows with the number of files, so the pause before the next grows with it: looking never
 * takes more than a tenth of one processor.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Watch.class);
    private static final long PAUSE_MILLIS = 30;
    private static final long INTERVAL_MILLIS = 500;

    private final List<Path> folders;
    private final Runnable look;
    private final Thread thread = new Thread(this::run, "llmnet-folder");
    private final @Nullable WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private volatile boolean closed;

    /**
     * Starts to watch.
     *
     * @param folders where something may happen; one that is not there is looked for
     * @param look is called on one thread, again and again
     */
    public Watch(List<Path> folders, Runnable look) {
        this.folders = List.copyOf(folders);
        this.look = look;
        this.service = service();
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.debug("the system does not tell of changed files, so they are looked at", e);
            return null;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (service != null) {
                service.close();
            }
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (IOException e) {
            LOGGER.debug("the watch on files could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long tookMillis = 0;
        try {
            while (!closed) {
                register();
                await(Math.max(INTERVAL_MILLIS, 10 * tookMillis));
                TimeUnit.MILLISECONDS.sleep(Math.max(PAUSE_MILLIS, 10 * tookMillis));
                drain();
                long start = System.nanoTime();
                look();
                tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            LOGGER.debug("files are watched no longer");
        }
    }

    private void look() {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOGGER.error("changed files could not be taken over", e);
        }
    }

    private void register() {
        if (service == null) {
            return;
        }
        keys.values().removeIf(key -> !key.isValid());
        for (Path folder : folders) {
            if (!keys.containsKey(folder) && Files.isDirectory(folder)) {
                try {
                    keys.put(
                            folder,
                            folder.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException e) {
                    LOGGER.debug("folder={} is only looked at every {} ms", folder, INTERVAL_MILLIS, e);
                }
            }
        }
    }

    private void await(long millis) throws InterruptedException {
        try {
            if (service == null) {
                TimeUnit.MILLISECONDS.sleep(millis);
                return;
            }
            WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
            if (key != null) {
                reset(key);
            }
        } catch (ClosedWatchServiceException e) {
            closed = true;
        }
    }

    /** Events that came while we waited are seen by the look that follows. */
    private void drain() {
        if (service == null) {
            return;
        }
        try {
            WatchKey key = service.poll();
            while (key != null) {
                reset(key);
                key = service.poll();
            }
        } catch (ClosedWatchServiceException e) {
            closed = true;
        }
    }

    private static void reset(WatchKey key) {
        key.pollEvents();
        key.reset();
    }
}
