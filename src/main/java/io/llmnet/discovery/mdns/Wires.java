package io.llmnet.discovery.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses of this machine on networks where announcements are heard. */
final class Wires {
    private static final int MOST = 8;

    private Wires() {}

    /** One of each network, as they are now. Asks the system. */
    static Set<InetAddress> now() {
        Set<InetAddress> found = new LinkedHashSet<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback() && !each.isPointToPoint() && each.supportsMulticast()) {
                    each.inetAddresses()
                            .filter(address -> address instanceof Inet4Address)
                            .findFirst()
                            .filter(address -> found.size() < MOST)
                            .ifPresent(found::add);
                }
            }
        } catch (SocketException e) {
            return found;
        }
        return found;
    }
}
