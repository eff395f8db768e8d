package io.llmnet.settings;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.registry.Zone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads keys that take one of a few words: in any case, {@code -} and {@code _} alike. */
final class Words {
    private static final Set<String> OTHER_ZONES = Set.of("internal", "confidential");

    private Words() {}

    /** The words of a choice, as files write them: {@code round-robin}. */
    static List<String> of(Class<? extends Enum<?>> choice) {
        return Arrays.stream(choice.getEnumConstants())
                .map(each -> folded(each.name()))
                .toList();
    }

    /** The word at a key, folded; null where there is none that is known, which is a problem by then. */
    static @Nullable String read(Section section, String key, List<String> known) {
        String written = section.text(key);
        String word = written == null ? null : folded(written);
        if (word == null || known.contains(word)) {
            return word;
        }
        section.error(key, "there is no \"" + shown(word) + "\"; " + Spelling.advice(word, known));
        return null;
    }

    /** The choice at a key. */
    static <E extends Enum<E>> @Nullable E read(Section section, String key, Class<E> choice) {
        String word = read(section, key, of(choice));
        return word == null
                ? null
                : Enum.valueOf(choice, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A zone. */
    static @Nullable Zone zone(Section section, String key) {
        String word = privacy(section, key, of(Zone.class));
        return word == null ? null : Zone.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A word of privacy; those for degrees of secrecy that others have are taken as the strict one. */
    static @Nullable String privacy(Section section, String key, List<String> known) {
        String written = section.text(key);
        if (written != null && OTHER_ZONES.contains(folded(written))) {
            section.warning(
                    key,
                    "is no degree of its own and counts as \"restricted\"; use one of " + String.join(", ", known));
            return Zone.RESTRICTED.word();
        }
        return read(section, key, known);
    }

    /** A word of a file as a message can bear it. */
    static String shown(String word) {
        return Paths.shortened(word);
    }

    private static String folded(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
