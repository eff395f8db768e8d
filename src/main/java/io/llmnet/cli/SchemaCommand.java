package io.llmnet.cli;

import io.llmnet.config.Spelling;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code schema pipeline|settings}: prints what may stand in a file, for editors. */
final class SchemaCommand implements Command {
    private static final Map<String, Supplier<String>> SCHEMAS = new TreeMap<>(Map.of(
            "pipeline", io.llmnet.pipeline.file.Vocabulary::schema,
            "settings", io.llmnet.settings.Vocabulary::schema));

    private final Terminal terminal;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("schema")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("pipeline|settings")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("Of which files.")
                        .build())
                .addOption(Flag.text("FILE", "Write it there. Default: standard output.", "-o", "--output"));
        spec.usageMessage()
                .description("Prints the JSON Schema of pipelines or of llmnet.yaml, with which editors complete and"
                        + " check them.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String files = line.matchedPositionalValue(0, "");
        Supplier<String> schema = SCHEMAS.get(files);
        if (schema == null) {
            throw new ParameterException(
                    line.commandSpec().commandLine(),
                    "there is no schema of '" + files + "'; " + Spelling.advice(files, SCHEMAS.keySet()));
        }
        Output.write(schema.get(), line.matchedOptionValue("--output", (String) null), terminal);
        return 0;
    }
}
