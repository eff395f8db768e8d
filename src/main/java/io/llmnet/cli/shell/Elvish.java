package io.llmnet.cli.shell;

import java.util.List;

/** Completion for elvish: a map of the words behind each command. */
final class Elvish {
    private Elvish() {}

    static String script(String program, List<Scope> scopes) {
        StringBuilder tree = new StringBuilder();
        for (Scope scope : scopes) {
            tree.append("        &").append(quoted(scope.path())).append("=[\n");
            scope.words()
                    .forEach(word -> tree.append("            [")
                            .append(quoted(word.name()))
                            .append(' ')
                            .append(quoted(word.help()))
                            .append("]\n"));
            tree.append("        ]\n");
        }
        return """
                # elvish completion for PROGRAM
                use str
                set edit:completion:arg-completer[PROGRAM] = {|@words|
                    var tree = [
                TREE    ]
                    var at = ''
                    for word $words[1..-1] {
                        var next = (str:trim-space $at' '$word)
                        if (has-key $tree $next) { set at = $next }
                    }
                    for pair $tree[$at] {
                        edit:complex-candidate $pair[0] &display=$pair[0]' ('$pair[1]')'
                    }
                }
                """.replace("PROGRAM", program).replace("TREE", tree);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
