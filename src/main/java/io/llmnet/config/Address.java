package io.llmnet.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a model server is, cut to its root, however its author wrote it.
 *
 * @param complaint what is wrong, without a piece of the text, for that may be a secret of the environment; null if right
 */
public record Address(URI url, @Nullable String complaint) {
    private static final URI NOWHERE = URI.create("http://localhost");

    /** Paths of the chat endpoint, which people copy from elsewhere, longest first. */
    private static final List<String> ENDPOINTS =
            List.of("/chat/completions", "/api/chat", "/messages", "/v1", "/v1beta");

    /** Reads one. */
    public static Address of(String written) {
        try {
            URI uri = new URI(root(written.strip()));
            String complaint = complaint(uri);
            return complaint == null ? new Address(uri, null) : wrong(complaint);
        } catch (URISyntaxException wrong) {
            return wrong("is not an address; write it like http://127.0.0.1:8000");
        }
    }

    private static Address wrong(String complaint) {
        return new Address(NOWHERE, complaint);
    }

    private static @Nullable String complaint(URI uri) {
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return "must begin with http:// or https://; write it like http://127.0.0.1:8000";
        }
        if (uri.getRawUserInfo() != null) {
            return "must not hold a user or password; use \"api-key\"";
        }
        if (uri.getHost() == null) {
            return "has no host, or one with letters that hosts cannot have; write it like http://127.0.0.1:8000";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "has a port that is not from 1 to 65535; correct it";
        }
        return uri.getRawQuery() == null && uri.getRawFragment() == null
                ? null
                : "must end before \"?\" and \"#\"; take them out";
    }

    private static String root(String written) {
        String root = withoutSlashes(written);
        for (String endpoint : ENDPOINTS) {
            if (root.endsWith(endpoint)) {
                root = withoutSlashes(root.substring(0, root.length() - endpoint.length()));
            }
        }
        return root;
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
