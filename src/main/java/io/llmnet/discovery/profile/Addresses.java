package io.llmnet.discovery.profile;

import java.net.URI;
import java.util.Locale;

/** Tells addresses at home from addresses elsewhere, by how they are written: no name is looked up. */
final class Addresses {
    private Addresses() {}

    /** Whether it is this machine, a private network, or a name that only a local network knows. */
    static boolean isNear(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.equals("[::1]") || host.startsWith("[fe8") || host.startsWith("[fc") || host.startsWith("[fd");
        }
        if (host.matches("[0-9.]+")) {
            return host.startsWith("127.")
                    || host.startsWith("10.")
                    || host.startsWith("192.168.")
                    || host.startsWith("169.254.")
                    || host.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                    || host.matches("100\\.(6[4-9]|[789]\\d|1[01]\\d|12[0-7])\\..*");
        }
        return host.indexOf('.') < 0
                || host.endsWith(".local")
                || host.endsWith(".lan")
                || host.endsWith(".home.arpa")
                || host.endsWith(".internal");
    }
}
