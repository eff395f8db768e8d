package io.llmnet.config;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what {@code $NAME}, <code>${NAME}</code> and {@code $secrets.NAME.VARIABLE} stand for; {@code $$} is a dollar
 * sign. What is put in is not looked at again: a dollar sign in it is one.
 *
 * <p>What came of it is nobody's to see: problems name the variable, never its value.
 */
final class Environment {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:secrets\\.(?<name>[A-Za-z0-9_-]+)\\.(?<variable>[A-Za-z0-9_]+)"
                    + "|\\{secrets\\.(?<braced>[A-Za-z0-9_-]+)\\.(?<inside>[A-Za-z0-9_]+)})");

    private final UnaryOperator<@Nullable String> variables;
    private final Problems problems;
    private References references;

    Environment(UnaryOperator<@Nullable String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
        this.references = (place, path, name, variable) -> {
            problems.error(place, path, "no secrets can be used here; use $NAME of the environment");
            return Optional.empty();
        };
    }

    /** Takes secrets from there. */
    void refer(References other) {
        references = other;
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
        if (text.startsWith("$secrets.", dollar) || text.startsWith("${secrets.", dollar)) {
            return secret(value, path, dollar, expanded);
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
        expanded.append(valueOf(name, value.place(), path, text.substring(dollar, after)));
        return after;
    }

    private int secret(Value.Text value, String path, int dollar, StringBuilder expanded) {
        Matcher reference =
                REFERENCE.matcher(value.text()).region(dollar, value.text().length());
        if (!reference.lookingAt()) {
            problems.error(value.place(), path, "has half a reference; write $secrets.NAME.VARIABLE");
            expanded.append('$');
            return dollar + 1;
        }
        String kind = reference.group("name") == null ? "braced" : "name";
        String variable = reference.group(kind.equals("name") ? "variable" : "inside");
        expanded.append(references
                .value(value.place(), path, reference.group(kind), variable)
                .orElseGet(reference::group));
        return reference.end();
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
