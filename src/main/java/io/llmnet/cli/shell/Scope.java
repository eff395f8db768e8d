package io.llmnet.cli.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What may be typed behind a command.
 *
 * @param path the command, from the program's name on, without it: {@code backends list}; empty for the program itself
 * @param words in the order of the help
 */
record Scope(String path, List<Word> words) {
    Scope {
        words = List.copyOf(words);
    }

    /**
     * A command, or an option by all its names.
     *
     * @param names the longest last
     * @param help one line
     * @param hasValue whether one follows
     * @param values the ones that may follow; empty when any may
     */
    record Word(List<String> names, String help, boolean hasValue, List<String> values) {
        Word {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        boolean isOption() {
            return names.get(0).startsWith("-");
        }

        /** The one that says most. */
        String name() {
            return names.get(names.size() - 1);
        }
    }

    /** The program's own scope, and those of all its commands. */
    static List<Scope> of(CommandSpec program) {
        List<Scope> all = new ArrayList<>();
        collect(program, "", all);
        return all;
    }

    private static void collect(CommandSpec spec, String path, List<Scope> into) {
        List<Word> words = new ArrayList<>();
        spec.subcommands().forEach((name, line) -> words.add(command(name, line.getCommandSpec())));
        spec.options().forEach(option -> words.add(option(option)));
        into.add(new Scope(path, words));
        spec.subcommands()
                .forEach((name, line) ->
                        collect(line.getCommandSpec(), path.isEmpty() ? name : path + " " + name, into));
    }

    private static Word command(String name, CommandSpec spec) {
        return new Word(List.of(name), help(spec.usageMessage().description()), false, List.of());
    }

    private static Word option(OptionSpec option) {
        List<String> values = new ArrayList<>();
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
            candidates.forEach(values::add);
        }
        boolean hasValue = option.arity().max() > 0;
        return new Word(List.of(option.names()), help(option.description()), hasValue, values);
    }

    /** The first sentence, for there is little room. */
    private static String help(String... description) {
        String text = String.join(" ", description).replaceAll("\\s+", " ").strip();
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\.$", "");
    }
}
