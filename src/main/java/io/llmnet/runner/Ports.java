package io.llmnet.runner;

import io.llmnet.runner.process.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Ports for programs that will listen some time later. Each is one program's alone, also among other processes of this user
 * that give out ports by the same folder: a lock on a file there stands for the port, and ends with its process.
 */
final class Ports implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST = 65_535;

    private final Path folder;
    private final Set<Integer> reserved;
    private final Map<Integer, FileChannel> given = new HashMap<>();

    Ports(Path folder, Set<Integer> reserved) {
        this.folder = folder;
        this.reserved = Set.copyOf(reserved);
    }

    /** The first port from that one on at which nobody listens, or will. */
    synchronized int give(int wanted) {
        for (int port = wanted; port <= LAST; port++) {
            if (!reserved.contains(port) && !given.containsKey(port) && take(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + wanted + " on is free");
    }

    /** Somebody else may have it now. */
    synchronized void takeBack(int port) {
        FileChannel lock = given.remove(port);
        if (lock != null) {
            close(lock);
        }
    }

    @Override
    public synchronized void close() {
        given.values().forEach(Ports::close);
        given.clear();
    }

    private boolean take(int port) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("port-" + port + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel) && isFree(port)) {
                given.put(port, channel);
                return true;
            }
            close(channel);
            return false;
        } catch (IOException noFolder) {
            throw new UncheckedIOException("cannot write to " + folder, noFolder);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** Asked in two ways, for on some systems a port can be bound beside a listener on all addresses. */
    private static boolean isFree(int port) {
        if (Probe.isTaken(LOOPBACK, port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException gone) {
            // it is no more ours either way
        }
    }
}
