package io.llmnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.cli.screen.Cell;
import io.llmnet.cli.screen.Colour;
import io.llmnet.cli.screen.Screen;
import io.llmnet.cli.screen.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code explain}: who would be asked for a request, and why the others would not. Nobody is asked. */
final class ExplainCommand implements Command {
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    ExplainCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("explain"))
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("MODEL|FILE")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("A model, or a file with a chat request as JSON.")
                        .build());
        spec.usageMessage()
                .description("Tells whom a running server would ask for a request, and why not the others; nobody is"
                        + " asked. Exit code 1 when there is nobody.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        JsonNode request = request(line.matchedPositionalValue(0, ""));
        JsonNode told = Remote.of(line, environment).post("/v1/explain", request);
        terminal.print(line.hasMatchedOption("--json") ? Remote.pretty(told) : text(told));
        return told.path("candidates").isEmpty() ? 1 : 0;
    }

    private static JsonNode request(String named) {
        if (!named.endsWith(".json") && !Files.isRegularFile(Path.of(named))) {
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", named);
            request.putArray("messages").addObject().put("role", "user").put("content", "Hello");
            return request;
        }
        try {
            JsonNode request = new ObjectMapper().readTree(Files.readString(Path.of(named)));
            if (request.isObject()) {
                return request;
            }
        } catch (JsonProcessingException notJson) {
            throw new CommandException(
                    named + ":" + notJson.getLocation().getLineNr() + ":"
                            + notJson.getLocation().getColumnNr() + ": this is not JSON; write a chat request",
                    notJson);
        } catch (IOException unreadable) {
            throw new CommandException("cannot read " + named + ": is there such a file, and is it yours?", unreadable);
        }
        throw new CommandException(named + " is no chat request; write {\"model\": ..., \"messages\": [...]}");
    }

    private String text(JsonNode told) {
        Screen screen = terminal.screen();
        StringBuilder text = new StringBuilder(verdict(told, screen)).append('\n');
        if (!told.path("candidates").isEmpty()) {
            text.append("\nAsked in this order, the next when one fails:\n")
                    .append(candidates(told).drawn(screen));
        }
        if (!told.path("exclusions").isEmpty()) {
            text.append("\nNot asked:\n").append(exclusions(told).drawn(screen));
        }
        return text.toString();
    }

    private static String verdict(JsonNode told, Screen screen) {
        String model = Screen.clean(told.path("model").asText(""));
        String resolved = Screen.clean(told.path("resolved").asText(""));
        String named = resolved.isEmpty() || resolved.equals(model) ? model : model + " (that is " + resolved + ")";
        JsonNode first = told.path("candidates").path(0);
        if (first.isMissingNode()) {
            String why = Screen.clean(told.path("message").asText("no backend can take it"));
            return screen.paint(Colour.RED, "Nobody would be asked for " + named + ": ") + why;
        }
        return named + " → "
                + screen.paint(Colour.GREEN, Screen.clean(first.path("backend").asText("")));
    }

    private static Table candidates(JsonNode told) {
        Table table = Table.of("", "Backend", "Model", "Why");
        int place = 1;
        for (JsonNode candidate : told.path("candidates")) {
            String instead = candidate.path("fallback_for").asText("");
            String reason = candidate.path("reason").asText("");
            table.add(
                    Cell.of(Integer.toString(place++)),
                    Cell.of(candidate.path("backend").asText("")),
                    Cell.of(candidate.path("model").asText("")),
                    Cell.of(instead.isEmpty() ? reason : reason + "; instead of " + instead));
        }
        return table;
    }

    private static Table exclusions(JsonNode told) {
        Table table = Table.of("Backend", "Held back by", "Why", "What to do");
        for (JsonNode exclusion : told.path("exclusions")) {
            table.add(
                    Cell.of(exclusion.path("backend").asText("")),
                    new Cell(exclusion.path("gate").asText(""), Colour.YELLOW),
                    Cell.of(exclusion.path("reason").asText("")),
                    Cell.of(exclusion.path("action").asText("")));
        }
        return table;
    }
}
