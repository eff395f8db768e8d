package io.llmnet.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** A shell that can complete what is typed. */
public enum Shell {
    BASH,
    ZSH,
    FISH,
    ELVISH,
    POWERSHELL;

    /** All of them, as they are typed. */
    public static List<String> words() {
        return Stream.of(values()).map(Shell::word).toList();
    }

    /** As it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A script that teaches it the words of a program. */
    public String script(CommandSpec program) {
        return switch (this) {
            case BASH, ZSH -> AutoComplete.bash(program.name(), program.commandLine());
            case FISH -> Fish.script(program.name(), Scope.of(program));
            case ELVISH -> Elvish.script(program.name(), Scope.of(program));
            case POWERSHELL -> PowerShell.script(program.name(), Scope.of(program));
        };
    }
}
