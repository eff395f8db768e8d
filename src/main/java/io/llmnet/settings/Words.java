package io.llmnet.settings;

import io.llmnet.config.Choice;
import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.registry.Zone;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads words of privacy, and shows words of files. */
final class Words {
    private static final Set<String> OTHER_ZONES = Set.of("internal", "confidential");

    private Words() {}

    /** A zone. */
    static @Nullable Zone zone(Section section, String key) {
        String word = privacy(section, key, Choice.words(Zone.class));
        return word == null ? null : Zone.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A word of privacy; those for degrees of secrecy that others have are taken as the strict one. */
    static @Nullable String privacy(Section section, String key, List<String> known) {
        String written = section.text(key);
        if (written != null && OTHER_ZONES.contains(Choice.folded(written))) {
            section.warning(
                    key,
                    "is no degree of its own and counts as \"restricted\"; use one of " + String.join(", ", known));
            return Zone.RESTRICTED.word();
        }
        return Choice.read(section, key, known);
    }

    /** A word of a file as a message can bear it. */
    static String shown(String word) {
        return Paths.shortened(word);
    }
}
