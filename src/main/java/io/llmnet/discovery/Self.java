package io.llmnet.discovery;

import java.util.Set;

/**
 * Who we are, so that we do not find ourselves, and others find us.
 *
 * @param instance of this process alone; the front tells it in the header {@code x-llmnet-instance}
 * @param version of this program
 * @param host where we listen; we are announced only where others can reach us
 * @param port of our front
 * @param otherPorts of this machine that are ours, too: consoles, and the programs that we start
 */
public record Self(String instance, String version, String host, int port, Set<Integer> otherPorts) {
    public Self {
        otherPorts = Set.copyOf(otherPorts);
    }

    /** Whether that port of this machine is ours. */
    public boolean has(int ownPort) {
        return ownPort == port || otherPorts.contains(ownPort);
    }

    /** Whether others can reach us. */
    public boolean isOpen() {
        return port > 0
                && !host.startsWith("127.")
                && !Set.of("localhost", "::1", "[::1]").contains(host);
    }
}
