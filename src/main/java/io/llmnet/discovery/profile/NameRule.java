package io.llmnet.discovery.profile;

import io.llmnet.registry.Capabilities;
import java.util.List;
import java.util.Locale;

/**
 * What is known of models by their names.
 *
 * @param like patterns, of which one must fit; a star stands for any characters, and capitals do not matter
 */
public record NameRule(List<String> like, Capabilities capabilities) {
    public NameRule {
        like = List.copyOf(like);
    }

    /** Whether it is about the model of that name. */
    public boolean fits(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return like.stream().anyMatch(pattern -> fits(pattern.toLowerCase(Locale.ROOT), name));
    }

    /** Goes back to the last star where a guess was wrong: no pattern makes it slow. */
    private static boolean fits(String pattern, String name) {
        int at = 0;
        int star = -1;
        int mark = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                mark = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++mark;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
