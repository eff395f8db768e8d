package io.llmnet.cli;

import io.llmnet.settings.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code config init}: writes a settings file to start from. */
final class ConfigCommand implements Command {
    private static final String INIT = "init";

    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("config")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel(INIT)
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .completionCandidates(List.of(INIT))
                        .description("Writes a settings file in which every key is explained.")
                        .build())
                .addOption(Flag.text("FILE", "Write it there. Default: llmnet.yaml.", "-o", "--output"))
                .addOption(Flag.yes("Write it over one that is there.", "-f", "--force"))
                .addOption(Flag.yes("A nexus.toml instead.", "--nexus"))
                .addOption(Flag.yes("An llm-pool.toml instead.", "--llm-pool"));
        spec.usageMessage().description("Makes settings files.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String what = line.matchedPositionalValue(0, "");
        if (!what.equals(INIT)) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "config cannot '" + what + "'; say config " + INIT);
        }
        Starter starter = line.hasMatchedOption("--nexus")
                ? Starter.NEXUS
                : line.hasMatchedOption("--llm-pool") ? Starter.LLM_POOL : Starter.LLMNET;
        String file = line.matchedOptionValue("--output", starter.file());
        if (Files.exists(Path.of(file)) && !line.hasMatchedOption("--force")) {
            throw new CommandException("File already exists: " + file + ". Use --force to overwrite.");
        }
        Output.write(starter.text(), file, terminal);
        String mend = starter == Starter.LLM_POOL
                ? "; name your own models in it"
                : "; every line of it is a comment until you take the # away";
        terminal.say("wrote " + file + mend);
        return 0;
    }
}
