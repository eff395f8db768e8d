package io.llmnet.cache.key;

import io.llmnet.chat.Call;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of the cache: the words of RFC 9111 in {@code cache-control}, or in {@code x-llmnet-cache} where
 * something on the way takes the former for itself.
 *
 * @param reads whether what was kept will do: not after {@code no-store}, {@code no-cache}, {@code max-age=0}
 * @param writes whether the answer may be kept: not after {@code no-store}
 * @param maxAge how old it may be; null for any age
 */
public record CacheControl(
        boolean reads, boolean writes, @Nullable Duration maxAge) {
    private static final CacheControl USUAL = new CacheControl(true, true, null);
    private static final String MAX_AGE = "max-age=";

    /** As the headers of a call say. */
    public static CacheControl of(Call call) {
        return of(call.header());
    }

    /** As the headers of a request say, by their lower-case names. */
    public static CacheControl of(UnaryOperator<@Nullable String> header) {
        return USUAL.and(header.apply("cache-control")).and(header.apply("x-llmnet-cache"));
    }

    /** And as these words say, besides; null for none. */
    public CacheControl and(@Nullable String words) {
        CacheControl all = this;
        if (words != null) {
            for (String word : words.toLowerCase(Locale.ROOT).split(",", -1)) {
                all = all.andWord(word.trim());
            }
        }
        return all;
    }

    private CacheControl andWord(String word) {
        if (word.equals("no-store")) {
            return new CacheControl(false, false, maxAge);
        }
        if (word.equals("no-cache")) {
            return new CacheControl(false, writes, maxAge);
        }
        return word.startsWith(MAX_AGE) ? younger(word.substring(MAX_AGE.length())) : this;
    }

    private CacheControl younger(String seconds) {
        try {
            int most = Integer.parseUnsignedInt(seconds.replace("\"", ""));
            return new CacheControl(reads && most != 0, writes, most < 0 ? maxAge : Duration.ofSeconds(most));
        } catch (NumberFormatException unknown) {
            return this;
        }
    }
}
