package io.llmnet.discovery.scan;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names and addresses of this machine, so that one server is known by all its addresses.
 *
 * @param hosts in small letters
 */
public record Here(Set<String> hosts) {
    private static final Set<String> ALWAYS =
            Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "0.0.0.0", "::");

    public Here {
        hosts = Set.copyOf(hosts);
    }

    /** As it is now. Asks the system: not for an event loop. */
    public static Here look() {
        Set<String> hosts = new HashSet<>(ALWAYS);
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                each.inetAddresses().forEach(address -> hosts.add(plain(address.getHostAddress())));
            }
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            hosts.add(name);
            hosts.add(name + ".local");
        } catch (SocketException | UnknownHostException e) {
            // Then it is known by fewer names, and at worst a server is listed twice.
            return new Here(hosts);
        }
        return new Here(hosts);
    }

    /** Nothing but what every machine is called. */
    public static Here usual() {
        return new Here(ALWAYS);
    }

    /** Whether an address is this machine. */
    public boolean is(URI url) {
        String host = host(url);
        return hosts.contains(host) || host.startsWith("127.");
    }

    /** Whether two addresses lead to the same server, as far as can be told without looking names up. */
    public boolean isSame(URI one, URI other) {
        return port(one) == port(other) && (host(one).equals(host(other)) || (is(one) && is(other)));
    }

    /** The port of an address, said or not. */
    public static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static String host(URI url) {
        return url.getHost() == null ? "" : plain(url.getHost().replace("[", "").replace("]", ""));
    }

    private static String plain(String host) {
        int scope = host.indexOf('%');
        String bare = (scope < 0 ? host : host.substring(0, scope)).toLowerCase(Locale.ROOT);
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
