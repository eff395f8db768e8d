package io.llmnet.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line as a whole: what was typed goes in, an exit code comes out.
 *
 * <p>0 is success, 1 a failure, told in one line each on standard error, 2 a command line that cannot be understood.
 */
public final class Cli {
    /** As told by {@code --version}, in answers and in headers. */
    public static final String VERSION = "0.1.0";

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Command> commands;

    /**
     * The command line of one process.
     *
     * @param environment the process's variables, null for one that is not set
     */
    public Cli(Terminal terminal, UnaryOperator<@Nullable String> environment, Server server, Nodes nodes) {
        this.terminal = terminal;
        this.environment = environment;
        this.commands = Stream.of(
                        RunCommand.run(terminal, environment, server),
                        RunCommand.serve(terminal, environment, server),
                        RunCommand.pool(terminal, environment, server),
                        new ValidateCommand(terminal, environment),
                        new FetchCommand(terminal, environment),
                        new SchemaCommand(terminal),
                        new ConfigCommand(terminal),
                        new GraphCommand(terminal, environment),
                        new TraceCommand(terminal, environment),
                        new NodeCommand(nodes),
                        new BackendsCommand(terminal, environment),
                        new ModelsCommand(terminal, environment),
                        new HealthCommand(terminal, environment),
                        new ExplainCommand(terminal, environment),
                        new HistoryCommand(terminal, environment),
                        new CompletionsCommand(terminal),
                        new QuickstartCommand(terminal, environment, server))
                .collect(Collectors.toUnmodifiableMap(command -> command.spec().name(), Function.identity()));
    }

    /** Does what the arguments say; returns the exit code. */
    public int run(String... arguments) {
        CommandLine line = new CommandLine(root());
        try {
            return obey(line.parseArgs(completed(arguments)));
        } catch (ParameterException misused) {
            return correct(misused);
        } catch (CommandException failed) {
            tell(failed);
            return FAILED;
        } catch (RuntimeException bug) {
            return excuse(bug, List.of(arguments));
        }
    }

    private int obey(ParseResult line) {
        ParseResult first = line.hasSubcommand() ? line.subcommand() : line;
        ParseResult last = first.hasSubcommand() ? first.subcommand() : first;
        if (last.isUsageHelpRequested()) {
            last.commandSpec().commandLine().usage(terminal.out());
            return 0;
        }
        if (line.isVersionHelpRequested()) {
            terminal.out().println("llmnet " + VERSION);
            return 0;
        }
        Command command = commands.get(first.commandSpec().name());
        if (command == null) {
            last.commandSpec().commandLine().usage(terminal.err());
            return MISUSED;
        }
        return command.run(first);
    }

    private CommandSpec root() {
        CommandSpec root = CommandSpec.create()
                .name("llmnet")
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Show this help.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build())
                .addOption(OptionSpec.builder("-v", "--verbose")
                        .type(boolean[].class)
                        .arity("0")
                        .scopeType(ScopeType.INHERIT)
                        .description("Tell more; -vv tells all.")
                        .build());
        root.usageMessage()
                .description("Turns many language models into one OpenAI-compatible endpoint.")
                .synopsisHeading("Usage: ")
                .commandListHeading("%nCommands:%n")
                .footer("%n'llmnet FILE' is short for 'llmnet run FILE'.");
        commands.values().stream()
                .map(Command::spec)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(spec -> root.addSubcommand(spec.name(), spec));
        return root;
    }

    /** The arguments with {@code run} in front, where no command is named but a file is, be it by the environment. */
    private String[] completed(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean named = words.stream()
                .filter(word -> !word.matches("-v+|--verbose"))
                .limit(1)
                .anyMatch(commands::containsKey);
        boolean preset = words.isEmpty() && environment.apply(RunCommand.PIPELINES) != null;
        if (preset || (!named && words.stream().anyMatch(Inputs::isPipelineOrThere))) {
            words.add(0, "run");
        }
        return words.toArray(String[]::new);
    }

    private void tell(RuntimeException failure) {
        String.valueOf(failure.getMessage()).lines().forEach(terminal::say);
    }

    private int correct(ParameterException misused) {
        CommandSpec spec = misused.getCommandLine().getCommandSpec();
        if (misused instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            terminal.say("there is no command and no file "
                    + unmatched.getUnmatched().get(0) + suggestion(unmatched));
        } else {
            tell(misused);
        }
        terminal.say("see " + spec.qualifiedName() + " --help");
        return MISUSED;
    }

    private static String suggestion(UnmatchedArgumentException unmatched) {
        List<String> close = unmatched.getSuggestions(); // the closest first, and all the others too
        return close.isEmpty() ? "" : "; did you mean " + close.get(0) + "?";
    }

    private int excuse(RuntimeException bug, List<String> arguments) {
        terminal.say("an error of ours, please report it: " + bug);
        if (arguments.stream().anyMatch(word -> word.matches("-v+|--verbose"))) {
            bug.printStackTrace(terminal.err());
        }
        return FAILED;
    }
}
