package io.llmnet.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads keys that take one of a few words: in any case, {@code -} and {@code _} alike. */
public final class Choice {
    private Choice() {}

    /** The words of a choice, as files write them: {@code round-robin}. */
    public static List<String> words(Class<? extends Enum<?>> choice) {
        return Arrays.stream(choice.getEnumConstants())
                .map(each -> folded(each.name()))
                .toList();
    }

    /** The word at a key, folded; null where there is none that is known, which is a problem by then. */
    public static @Nullable String read(Section section, String key, List<String> known) {
        String written = section.text(key);
        String word = written == null ? null : folded(written);
        if (word == null || known.contains(word)) {
            return word;
        }
        section.error(key, "there is no \"" + Paths.shortened(word) + "\"; " + Spelling.advice(word, known));
        return null;
    }

    /** The choice at a key. */
    public static <E extends Enum<E>> @Nullable E read(Section section, String key, Class<E> choice) {
        String word = read(section, key, words(choice));
        return word == null
                ? null
                : Enum.valueOf(choice, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A word as it is compared: small, with {@code -}. */
    public static String folded(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
