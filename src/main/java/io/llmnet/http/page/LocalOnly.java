package io.llmnet.http.page;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets only programs of this machine change backends and what they have loaded: what everybody asks goes there. */
final class LocalOnly {
    /** What proxies add, each some of them. */
    private static final List<String> PROXIES = List.of("x-forwarded-for", "forwarded", "via", "x-real-ip");

    private static final Set<String> NAMES = Set.of("localhost", "::1", "[::1]");
    private static final Pattern DIGITS = Pattern.compile("127(\\.\\d{1,3}){3}");

    private LocalOnly() {}

    /** Refuses pages in browsers, which name their origin, other machines, and whoever comes through a proxy. */
    static void check(HttpServerRequest request) {
        if (request.getHeader(HttpHeaders.ORIGIN) != null) {
            throw new ChatException(
                    Fault.FORBIDDEN,
                    "pages in browsers may not change backends or their models; use llmnet backends, or the settings");
        }
        if (!isHere(request.remoteAddress()) || PROXIES.stream().anyMatch(request.headers()::contains)) {
            throw new ChatException(
                    Fault.FORBIDDEN,
                    "backends and their models are changed from the server's own machine only; use llmnet backends"
                            + " there, or its settings");
        }
        HostAndPort asked = request.authority();
        if (!isHere(asked == null ? null : asked.host())) {
            throw new ChatException(
                    Fault.FORBIDDEN,
                    "backends and their models are changed only by those who ask for 127.0.0.1 or localhost");
        }
    }

    static boolean isHere(SocketAddress peer) {
        String address = peer.hostAddress();
        try {
            // An address in digits is not looked up.
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether a caller asked for this machine: a page whose own name leads here sends no origin, but that name. */
    static boolean isHere(@Nullable String host) {
        return host != null
                && (NAMES.contains(host.toLowerCase(Locale.ROOT))
                        || DIGITS.matcher(host).matches());
    }
}
