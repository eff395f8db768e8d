package io.llmnet.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what {@code $NAME} and <code>${NAME}</code> stand for; {@code $$} is a dollar sign.
 *
 * <p>What came of it is nobody's to see: problems name the variable, never its value.
 */
final class Environment {
    private final UnaryOperator<@Nullable String> variables;
    private final Problems problems;

    Environment(UnaryOperator<@Nullable String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The text with all that is set put in; what is not set is a problem, and stays. */
    String expand(Value.Text value, String path) {
        String text = value.text();
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            expanded.append(text, at, dollar);
            at = reference(value, path, dollar, expanded);
        }
        return expanded.append(text, at, text.length()).toString();
    }

    /** Puts in what stands at the dollar sign; tells where the text goes on. */
    private int reference(Value.Text value, String path, int dollar, StringBuilder expanded) {
        String text = value.text();
        if (text.startsWith("$$", dollar)) {
            expanded.append('$');
            return dollar + 2;
        }
        boolean braced = text.startsWith("{", dollar + 1);
        int start = dollar + (braced ? 2 : 1);
        int end = nameEnd(text, start);
        int after = braced ? end + 1 : end;
        boolean named = end > start && (!braced || text.startsWith("}", end));
        if (!named) {
            expanded.append('$');
            return dollar + 1;
        }
        String name = text.substring(start, end);
        if (!braced && name.equals("secrets") && text.startsWith(".", end)) {
            problems.warning(value.place(), path, "secrets have no effect yet; use $NAME of the environment");
            expanded.append(text, dollar, end);
            return end;
        }
        expanded.append(valueOf(name, value.place(), path, text.substring(dollar, after)));
        return after;
    }

    private String valueOf(String name, Place place, String path, String written) {
        String found = variables.apply(name);
        if (found == null) {
            problems.error(
                    place,
                    path,
                    "the environment variable " + Paths.shortened(name)
                            + " is not set; set it, or name it in --env-file");
            return written;
        }
        return found;
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end), end > start)) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char character, boolean inside) {
        return character == '_'
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (inside && character >= '0' && character <= '9');
    }
}
