package io.llmnet.cli;

import io.llmnet.cli.shell.Shell;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code completions SHELL}: a script that lets a shell complete our commands and options. */
final class CompletionsCommand implements Command {
    private final Terminal terminal;

    CompletionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("completions")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("SHELL")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .completionCandidates(Shell.words())
                        .description(String.join(", ", Shell.words()) + ".")
                        .build());
        spec.usageMessage()
                .description("Prints a script that completes commands and options, for example with"
                        + " source <(llmnet completions bash).");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String shell = line.matchedPositionalValue(0, "");
        if (!Shell.words().contains(shell)) {
            throw new ParameterException(
                    line.commandSpec().commandLine(),
                    "there is no script for '" + shell + "'; say " + String.join(", ", Shell.words()));
        }
        terminal.print(Shell.valueOf(shell.toUpperCase(Locale.ROOT))
                .script(line.commandSpec().root()));
        return 0;
    }
}
