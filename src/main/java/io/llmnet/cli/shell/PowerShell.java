package io.llmnet.cli.shell;

import java.util.List;

/** Completion for PowerShell: a table of the words behind each command. */
final class PowerShell {
    private PowerShell() {}

    static String script(String program, List<Scope> scopes) {
        StringBuilder tree = new StringBuilder();
        for (Scope scope : scopes) {
            tree.append("        ").append(quoted(scope.path())).append(" = @(\n");
            scope.words()
                    .forEach(word -> tree.append("            ")
                            .append(quoted(word.name() + "|" + word.help()))
                            .append('\n'));
            tree.append("        )\n");
        }
        return """
                # PowerShell completion for PROGRAM
                Register-ArgumentCompleter -Native -CommandName PROGRAM -ScriptBlock {
                    param($wordToComplete, $commandAst, $cursorPosition)
                    $tree = @{
                TREE    }
                    $at = ''
                    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                        $next = "$at $element".Trim()
                        if ($tree.ContainsKey($next)) { $at = $next }
                    }
                    $tree[$at] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                        $word, $help = $_ -split '\\|', 2
                        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', "$help ")
                    }
                }
                """.replace("PROGRAM", program).replace("TREE", tree);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
