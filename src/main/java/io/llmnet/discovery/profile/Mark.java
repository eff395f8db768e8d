package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * By what a kind of server is told apart: what one of its pages has. All that a mark names must hold.
 *
 * @param path the page, which is asked for with GET
 * @param header {@code name} or {@code name: words with which its value begins}; null for any
 * @param text with which the page begins; null for any
 * @param fields that the page has as JSON
 */
public record Mark(
        String path, @Nullable String header, @Nullable String text, List<Claim> fields) {
    public Mark {
        fields = List.copyOf(fields);
    }

    /**
     * Whether an answer bears it.
     *
     * @param headers finds a header's value, null when it is not there
     */
    public boolean isOn(int status, UnaryOperator<@Nullable String> headers, byte[] body) {
        if (header != null && !hasHeader(header, headers)) {
            return false;
        }
        if (text != null && !(status == 200 && new String(body, StandardCharsets.UTF_8).startsWith(text))) {
            return false;
        }
        return fields.isEmpty() || (status == 200 && hasFields(body));
    }

    private static boolean hasHeader(String wanted, UnaryOperator<@Nullable String> headers) {
        int colon = wanted.indexOf(':');
        String value = headers.apply(colon < 0 ? wanted : wanted.substring(0, colon));
        return value != null
                && (colon < 0
                        || value.toLowerCase(Locale.ROOT)
                                .startsWith(wanted.substring(colon + 1).strip().toLowerCase(Locale.ROOT)));
    }

    private boolean hasFields(byte[] body) {
        try {
            JsonNode page = Json.tree(body, Fault.BACKEND_NONSENSE, "the page");
            return fields.stream().allMatch(field -> field.isThere(page));
        } catch (ChatException notJson) {
            return false;
        }
    }
}
