package io.llmnet.cli.shell;

import java.util.List;
import java.util.stream.Collectors;

/** Completion for fish: a line for each word, each with the command behind which it may stand. */
final class Fish {
    private Fish() {}

    static String script(String program, List<Scope> scopes) {
        String paths = scopes.stream()
                .map(Scope::path)
                .filter(path -> !path.isEmpty())
                .map(Fish::quoted)
                .collect(Collectors.joining(" "));
        StringBuilder script = new StringBuilder()
                .append("# fish completion for ")
                .append(program)
                .append('\n')
                .append("set -g __")
                .append(program)
                .append("_paths ")
                .append(paths)
                .append('\n')
                .append("function __")
                .append(program)
                .append("_at\n")
                .append("    set -l at ''\n")
                .append("    for word in (commandline -opc)\n")
                .append("        set -l next (string trim -- \"$at $word\")\n")
                .append("        contains -- $next $__")
                .append(program)
                .append("_paths; and set at $next\n")
                .append("    end\n")
                .append("    test \"$at\" = \"$argv\"\n")
                .append("end\n");
        for (Scope scope : scopes) {
            scope.words().forEach(word -> script.append(line(program, scope, word)));
        }
        return script.toString();
    }

    private static String line(String program, Scope scope, Scope.Word word) {
        StringBuilder line = new StringBuilder("complete -c ").append(program);
        line.append(" -n ").append(quoted("__" + program + "_at " + scope.path()));
        if (!word.isOption()) {
            line.append(" -a ").append(quoted(word.name()));
        }
        for (String name : word.isOption() ? word.names() : List.<String>of()) {
            line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
        }
        if (!word.values().isEmpty()) {
            line.append(" -xa ").append(quoted(String.join(" ", word.values())));
        } else if (word.hasValue()) {
            line.append(" -r");
        }
        return line.append(" -d ").append(quoted(word.help())).append('\n').toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
