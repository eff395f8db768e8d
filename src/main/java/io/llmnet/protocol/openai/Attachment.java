package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.Locale;
import java.util.Optional;

/**
 * An image or file in a message: brought along, or linked to.
 *
 * @param mediaType of what is brought along; of a link empty
 * @param value base64 of what is brought along, or the link
 */
public record Attachment(boolean isLink, String mediaType, String value) {
    private static final String BASE64 = ";base64";

    /** What a part of a message brings, of type {@code image_url} or {@code file}; empty for a part of another type. */
    public static Optional<Attachment> of(JsonNode part, String place) {
        return switch (part.path("type").asText("")) {
            case "image_url" -> {
                JsonNode image = part.path("image_url");
                yield Optional.of(of(
                        image.isTextual()
                                ? image.textValue()
                                : image.path("url").asText(""),
                        place,
                        "image_url"));
            }
            case "file" -> Optional.of(of(part.path("file").path("file_data").asText(""), place, "file.file_data"));
            default -> Optional.empty();
        };
    }

    private static Attachment of(String url, String place, String key) {
        int comma = url.indexOf(',');
        String kind = url.substring(0, Math.max(0, Math.min(comma, 256))).toLowerCase(Locale.ROOT);
        if (kind.startsWith("data:") && kind.endsWith(BASE64)) {
            String type = kind.substring("data:".length(), kind.length() - BASE64.length());
            int parameters = type.indexOf(';');
            return new Attachment(
                    false, parameters < 0 ? type : type.substring(0, parameters), url.substring(comma + 1));
        }
        if (url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7)) {
            return new Attachment(true, "", url);
        }
        throw ChatException.in(
                place + "." + key, Fault.BAD_REQUEST, "give it as data:image/png;base64,… or as a link with http(s)");
    }
}
