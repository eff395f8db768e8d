package io.llmnet.protocol.google;

import java.util.Locale;
import java.util.Map;

/** What is behind a link, guessed from its end, for Gemini wants to be told. */
final class MediaTypes {
    private static final Map<String, String> BY_ENDING = Map.of(
            "png", "image/png",
            "webp", "image/webp",
            "gif", "image/gif",
            "heic", "image/heic",
            "heif", "image/heif",
            "pdf", "application/pdf");

    private MediaTypes() {}

    static String ofLink(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = url.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        String path = url.substring(0, end);
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, "image/jpeg");
    }
}
