package io.llmnet.cli;

import java.net.URI;
import java.util.List;

/**
 * A server that runs on this machine.
 *
 * @param pid its process
 * @param root where callers reach it
 * @param management where it can be looked into
 * @param pipelines the models that it began with
 */
public record Running(long pid, URI root, URI management, List<String> pipelines) {
    public Running {
        pipelines = List.copyOf(pipelines);
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    boolean isAt(URI place) {
        return isSame(place, root) || isSame(place, management);
    }

    private static boolean isSame(URI one, URI other) {
        return one.getPort() == other.getPort() && host(one).equals(host(other));
    }

    private static String host(URI place) {
        return "localhost".equals(place.getHost()) ? "127.0.0.1" : String.valueOf(place.getHost());
    }
}
