package io.llmnet.cli;

import io.llmnet.config.Problem;
import io.llmnet.config.Spelling;
import io.llmnet.folder.PipelineFiles;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.draw.MermaidDrawing;
import io.llmnet.pipeline.draw.Picture;
import io.llmnet.pipeline.draw.SvgDrawing;
import io.llmnet.pipeline.draw.TextDrawing;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.quickstart.Household;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code graph FILE}: draws a pipeline, with what happened at its nodes where a server that serves it is at hand. */
final class GraphCommand implements Command {
    private static final Map<String, Function<Picture, String>> FORMATS =
            Map.of("text", TextDrawing::of, "mermaid", MermaidDrawing::of, "svg", SvgDrawing::of);

    private static final Map<String, String> EXTENSIONS =
            Map.of("svg", "svg", "mmd", "mermaid", "mermaid", "mermaid", "txt", "text");

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    GraphCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("graph")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("A pipeline in JSON or YAML, or the name of one that a server serves.")
                        .build())
                .addOption(Flag.text(
                        "FORMAT", "text, mermaid or svg. Default: by the extension of -o, else text.", "--format"))
                .addOption(Flag.text("FILE", "Write it there. Default: standard output.", "-o", "--output"))
                .addOption(Flag.text(
                        "URL", "The server that counts. Default: the one that runs on this machine.", "--server"))
                .addOption(Flag.text("FILE", Inputs.ENV_FILE, "--env-file"));
        spec.usageMessage()
                .description("Draws a pipeline, with live counts where a server that serves it is named or found.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        String output = line.matchedOptionValue("--output", (String) null);
        Function<Picture, String> format = format(line, output);
        Output.write(format.apply(picture(line)), output, terminal);
        return 0;
    }

    private static Function<Picture, String> format(ParseResult line, @Nullable String output) {
        String extension = output == null ? "" : output.substring(output.lastIndexOf('.') + 1);
        String named = line.matchedOptionValue("--format", EXTENSIONS.getOrDefault(extension, "text"));
        Function<Picture, String> format = FORMATS.get(named);
        if (format == null) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "'" + named + "' is no format; use text, mermaid or svg");
        }
        return format;
    }

    private Picture picture(ParseResult line) {
        String file = line.matchedPositionalValue(0, "");
        String server = line.matchedOptionValue("--server", (String) null);
        if (!Files.exists(Path.of(file)) && !PipelineFiles.isPipeline(Path.of(file))) {
            return served(file, new LivePictures(management(server)));
        }
        Picture drawn = Picture.of(graph(file, line.matchedOptionValue("--env-file", (String) null)));
        return server == null
                ? found(drawn).map(drawn::counted).orElse(drawn)
                : drawn.counted(served(drawn.name(), new LivePictures(management(server))));
    }

    private Graph graph(String file, @Nullable String envFile) {
        Reading reading = new Inputs(terminal, environment, envFile, false).reading(file);
        return reading.graph()
                .orElseThrow(() -> new CommandException(reading.problems().stream()
                        .filter(Problem::isError)
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"))));
    }

    private URI management(@Nullable String server) {
        return new Servers(Household.of(environment)).management(server);
    }

    private static Picture served(String name, LivePictures server) {
        return server.of(name).orElseThrow(() -> {
            List<String> names = server.names();
            return new CommandException(
                    "there is no file and no served pipeline \"" + name + "\"; " + Spelling.advice(name, names));
        });
    }

    /** Counts that nobody asked for: only where it is clear whose they are. */
    private Optional<Picture> found(Picture drawn) {
        List<Running> serving = new Servers(Household.of(environment))
                .all().stream()
                        .filter(server -> server.pipelines().contains(drawn.name()))
                        .toList();
        if (serving.size() != 1) {
            return Optional.empty();
        }
        try {
            return new LivePictures(serving.get(0).management()).of(drawn.name());
        } catch (CommandException gone) {
            return Optional.empty();
        }
    }
}
