package io.llmnet.cli;

import io.llmnet.pipeline.file.Reading;
import io.llmnet.pipeline.file.Validation;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code validate FILE}: says whether a pipeline can be served, or all that is wrong with it. */
final class ValidateCommand implements Command {
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    ValidateCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("validate")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("A pipeline in JSON or YAML.")
                        .build())
                .addOption(Flag.text("FILE", Inputs.ENV_FILE, "--env-file"));
        spec.usageMessage().description("Checks a pipeline file; exit code 1 when it cannot be served.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String file = line.matchedPositionalValue(0, "");
        Inputs inputs = new Inputs(terminal, environment, line.matchedOptionValue("--env-file", (String) null), false);
        Reading reading = inputs.reading(file);
        terminal.out().print(inputs.secrets().redaction().of(Validation.text(file, reading)));
        terminal.out().flush();
        return reading.graph().isPresent() ? 0 : 1;
    }
}
