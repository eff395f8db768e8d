package io.llmnet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines, as shells and Docker read them.
 *
 * <p>{@code export} before a name is allowed, so are empty lines and {@code #} comments. A value may stand in single
 * quotes (taken as it is) or in double quotes ({@code \n}, {@code \t}, {@code \"}, {@code \\} and {@code \$} mean what they
 * do elsewhere); without quotes it ends before {@code " #"}. Values are not expanded further: a {@code $} in one is a
 * dollar sign, for keys hold them. Problems never show a value.
 *
 * @param values by name, the later of two winning
 * @param problems lines that could not be read
 */
public record EnvFile(Map<String, String> values, List<Problem> problems) {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(?<value>.*?)\\s*");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(#.*)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");

    public EnvFile {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /**
     * Reads one.
     *
     * @param file its name, for the problems
     */
    public static EnvFile read(String file, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = i == 0 ? withoutMark(lines.get(i)) : lines.get(i);
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                readLine(new Place(file, i + 1, 1), line, values, problems);
            }
        }
        return new EnvFile(values, problems);
    }

    private static void readLine(Place place, String line, Map<String, String> values, List<Problem> problems) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            problems.add(problem(place, "", "is not NAME=value; write one such pair a line"));
            return;
        }
        String name = parts.group("name");
        String value = parts.group("value");
        if (!value.startsWith("'") && !value.startsWith("\"")) {
            values.put(name, COMMENT.matcher(value).replaceFirst(""));
            return;
        }
        Matcher quoted = (value.startsWith("'") ? SINGLE : DOUBLE).matcher(value);
        if (quoted.matches()) {
            values.put(name, value.startsWith("'") ? quoted.group(1) : unescaped(quoted.group(1)));
        } else {
            Place there = new Place(place.file(), place.line(), parts.start("value") + 1);
            problems.add(problem(there, name, "the quote that opens here must close at the end of the line"));
        }
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> escape.group(1);
                        }));
    }

    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static Problem problem(Place place, String name, String message) {
        return new Problem(Problem.Severity.ERROR, place, name, message);
    }
}
