package io.llmnet.cli;

import io.llmnet.pipeline.file.Reading;
import io.llmnet.pipeline.file.Validation;
import io.llmnet.settings.SettingsFile;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code validate FILE}: says whether a pipeline or a settings file can be used, or all that is wrong with it. */
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
                        .description("A pipeline in JSON or YAML, or a settings file.")
                        .build())
                .addOption(Flag.text("FILE", Inputs.ENV_FILE, "--env-file"));
        spec.usageMessage().description("Checks a pipeline or a settings file; exit code 1 when it cannot be used.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String file = line.matchedPositionalValue(0, "");
        Inputs inputs = new Inputs(terminal, environment, line.matchedOptionValue("--env-file", (String) null), false);
        if (inputs.isSettings(file)) {
            SettingsFile.Read read = inputs.settingsRead(file);
            String found = read.isRight() ? EnsembleLines.of(read.settings().gateway()) : "";
            return tell(Validation.text(file, found, read.problems()), read.isRight());
        }
        Reading reading = inputs.reading(file);
        return tell(
                inputs.secrets().redaction().of(Validation.text(file, reading)),
                reading.graph().isPresent());
    }

    private int tell(String verdict, boolean isRight) {
        terminal.out().print(verdict);
        terminal.out().flush();
        return isRight ? 0 : 1;
    }
}
