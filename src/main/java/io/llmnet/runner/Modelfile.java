package io.llmnet.runner;

import io.llmnet.pipeline.Runner.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Ollama makes a model of.
 *
 * @param instructions each with its lines
 */
record Modelfile(List<String> instructions) {
    private static final String FENCE = "\"\"\"";
    private static final Map<String, String> OWN = Map.of("system", "SYSTEM", "template", "TEMPLATE");

    Modelfile {
        instructions = List.copyOf(instructions);
    }

    static Modelfile from(String base) {
        return new Modelfile(List.of("FROM " + base));
    }

    /** A file of somebody's, whose relative paths are from its folder. */
    static Modelfile read(String text, @Nullable Path folder) {
        List<String> instructions = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (open.isEmpty() && (line.isBlank() || line.strip().startsWith("#"))) {
                continue;
            }
            open.append(open.isEmpty() ? "" : "\n").append(line);
            if (open.toString().split(FENCE, -1).length % 2 == 1) {
                instructions.add(located(open.toString(), folder));
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            instructions.add(open.toString());
        }
        return new Modelfile(instructions);
    }

    private static String located(String instruction, @Nullable Path folder) {
        String[] parts = instruction.strip().split("\\s+", 2);
        boolean isPath = parts[0].matches("(?i)from|adapter") && parts.length == 2 && parts[1].startsWith(".");
        return isPath && folder != null
                ? parts[0] + " " + folder.resolve(parts[1]).normalize()
                : instruction;
    }

    /** The same, with these in place of what it says of them. */
    Modelfile with(List<Parameter> parameters) {
        List<String> merged = new ArrayList<>(instructions);
        for (Parameter parameter : parameters) {
            String own = OWN.get(parameter.key());
            String start = own == null ? "PARAMETER " + parameter.key() : own;
            merged.removeIf(instruction -> begins(instruction, start));
            parameter.values().forEach(value -> merged.add(start + " " + quoted(value, own != null)));
        }
        return new Modelfile(merged);
    }

    private static boolean begins(String instruction, String start) {
        String folded = instruction.strip().replaceAll("[ \\t]+", " ").toLowerCase(Locale.ROOT);
        return folded.startsWith(start.toLowerCase(Locale.ROOT) + " ")
                || folded.startsWith(start.toLowerCase(Locale.ROOT) + "\n");
    }

    private static String quoted(String value, boolean isProse) {
        return isProse || !value.matches("\\S+") ? FENCE + value + FENCE : value;
    }

    String text() {
        return String.join("\n", instructions) + "\n";
    }
}
