package io.llmnet.discovery.mdns;

import io.llmnet.discovery.profile.Profiles;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server that has announced itself.
 *
 * @param name the first label of its announcement, fit for a header: what is neither letter, digit, dot, dash nor
 *     underscore becomes a dash
 * @param url its root, without {@code /v1}
 * @param kind what it says it is, or what its type of service says; {@link Profiles#AUTO} where neither does
 */
record Announced(String name, URI url, String kind) {
    /** Private networks. Anybody may announce anything: this machine, its cloud's own pages and the internet are not asked. */
    private static final Pattern FOUR = Pattern.compile("(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|"
            + "100\\.(6[4-9]|[789]\\d|1[01]\\d|12[0-7])\\.)[0-9.]+");

    private static final Pattern SIX = Pattern.compile("f[cd][0-9a-f]{2}:[0-9a-f:]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/._~-]*");
    private static final Map<String, String> KINDS = Map.of("_ollama._tcp", "ollama", "_llmnet._tcp", "llmnet");

    /**
     * What an announcement says; empty when no address of a private network is in it.
     *
     * @param type of service: {@code _ollama._tcp}
     * @param four its IPv4 addresses, which are preferred
     * @param six its IPv6 addresses
     * @param texts its TXT record
     */
    static Optional<Announced> of(
            String type,
            String service,
            List<String> four,
            List<String> six,
            int port,
            Map<String, String> texts,
            Profiles profiles) {
        Optional<String> host = host(four, six);
        String path = texts.getOrDefault("api_path", "");
        if (host.isEmpty() || port < 1 || port > 65_535 || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        String scheme = "https".equals(texts.get("scheme")) ? "https" : "http";
        String said = texts.getOrDefault("type", "");
        String kind = profiles.named(said)
                .map(profile -> profile.kind())
                .orElseGet(() -> KINDS.getOrDefault(type, Profiles.AUTO));
        try {
            URI url = URI.create(scheme + "://" + host.get() + ":" + port + root(path));
            return Optional.of(new Announced(plain(service), url, kind));
        } catch (IllegalArgumentException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<String> host(List<String> four, List<String> six) {
        return four.stream()
                .filter(address -> FOUR.matcher(address).matches())
                .findFirst()
                .or(() -> six.stream()
                        .map(address -> bare(address).toLowerCase(Locale.ROOT))
                        .filter(address -> SIX.matcher(address).matches())
                        .findFirst()
                        .map(address -> "[" + address + "]"));
    }

    /** Where the API's root is: requests add {@code /v1} themselves. */
    private static String root(String path) {
        String root = path.startsWith("/") || path.isEmpty() ? path : "/" + path;
        root = root.replaceFirst("/+$", "");
        return root.endsWith("/v1") ? root.substring(0, root.length() - "/v1".length()) : root;
    }

    private static String bare(String address) {
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }

    private static String plain(String service) {
        String name = service.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "neighbour" : name;
    }
}
