package io.llmnet.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A backend that somebody wants taken in.
 *
 * @param url as it was written; of http or https, with a host, and without a user in it
 * @param name null for one that the server finds
 * @param kind a profile's name; null for what the server finds out
 * @param zone null for that of its kind
 * @param maxConcurrent 0 for as many as it says itself, or any
 * @param apiKey never shown
 */
public record NewBackend(
        URI url,
        @Nullable String name,
        @Nullable String kind,
        int priority,
        @Nullable Zone zone,
        int tier,
        int maxConcurrent,
        @Nullable String apiKey) {
    private static final List<String> KEYS =
            List.of("url", "name", "kind", "priority", "zone", "tier", "max_concurrent", "api_key");

    /** Reads one; the first mistake is told, with the parameter at fault. */
    static NewBackend read(ObjectNode said) {
        for (Iterator<String> keys = said.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw wrong(key, "there is no `" + key + "`; there are " + String.join(", ", KEYS));
            }
        }
        return new NewBackend(
                url(text(said, "url")),
                text(said, "name"),
                text(said, "kind"),
                number(said, "priority", Integer.MIN_VALUE, Integer.MAX_VALUE, Registration.USUAL_PRIORITY),
                zone(text(said, "zone")),
                number(said, "tier", 1, 5, 1),
                number(said, "max_concurrent", 0, Integer.MAX_VALUE, 0),
                text(said, "api_key"));
    }

    private static URI url(@Nullable String written) {
        if (written == null) {
            throw wrong("url", "`url` is missing; say where the backend listens, like http://127.0.0.1:11434");
        }
        try {
            URI url = new URI(written);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getRawUserInfo() != null) {
                throw wrong("url", "`url` must not hold a user or a key; put the key into `api_key`");
            }
            if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw wrong("url", "`url` must be an address like http://127.0.0.1:11434");
            }
            return url;
        } catch (URISyntaxException e) {
            throw wrong("url", "`url` is no address; write one like http://127.0.0.1:11434");
        }
    }

    private static @Nullable Zone zone(@Nullable String word) {
        if (word == null) {
            return null;
        }
        for (Zone zone : Zone.values()) {
            if (zone.word().equalsIgnoreCase(word)) {
                return zone;
            }
        }
        throw wrong("zone", "`zone` must be restricted (what is asked never leaves home) or open");
    }

    private static @Nullable String text(ObjectNode said, String key) {
        JsonNode value = said.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(key, "`" + key + "` must be a text that is not empty");
        }
        return value.asText();
    }

    private static int number(ObjectNode said, String key, int least, int most, int usual) {
        JsonNode value = said.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < least || value.asInt() > most) {
            String range = least == Integer.MIN_VALUE
                    ? ""
                    : most == Integer.MAX_VALUE ? " of at least " + least : " from " + least + " to " + most;
            throw wrong(key, "`" + key + "` must be a whole number" + range);
        }
        return value.asInt();
    }

    private static ChatException wrong(String key, String message) {
        return ChatException.in(key, Fault.BAD_REQUEST, message);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewBackend[" + url.getScheme() + "://" + url.getRawAuthority() + ", name=" + name + ", kind=" + kind
                + "]";
    }
}
