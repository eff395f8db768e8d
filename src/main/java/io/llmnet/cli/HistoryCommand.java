package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmnet.cli.screen.Cell;
import io.llmnet.cli.screen.Colour;
import io.llmnet.cli.screen.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code history}: the last requests of a running server, the newest at the end. */
final class HistoryCommand implements Command {
    private static final int USUAL = 20;

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    HistoryCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("history"))
                .addOption(Flag.number(1, "How many. Default: " + USUAL + ".", "-n", "--lines"));
        spec.usageMessage().description("Shows the last requests of a running server.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        JsonNode history = Remote.of(line, environment).get("/v1/history");
        int count = line.matchedOptionValue("--lines", Integer.valueOf(USUAL));
        ArrayNode last = JsonNodeFactory.instance.arrayNode();
        for (int i = Math.max(0, history.size() - count); i < history.size(); i++) {
            last.add(history.get(i));
        }
        if (line.hasMatchedOption("--json")) {
            terminal.print(Remote.pretty(last));
        } else if (last.isEmpty()) {
            terminal.say("no requests yet");
        } else {
            terminal.print(table(last).drawn(terminal.screen()));
        }
        return 0;
    }

    private static Table table(ArrayNode entries) {
        DateTimeFormatter clock =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
        Table table = Table.of("Time", "Model", "Backend", "Took", "Outcome");
        for (JsonNode entry : entries) {
            boolean isGood = entry.path("status").asText("").equalsIgnoreCase("success");
            String error = entry.path("error_message").asText("");
            table.add(
                    Cell.of(clock.format(
                            Instant.ofEpochSecond(entry.path("timestamp").asLong()))),
                    Cell.of(entry.path("model").asText("")),
                    Cell.of(entry.path("backend")
                            .asText(entry.path("backend_id").asText("-"))),
                    Cell.of(entry.path("duration_ms").asLong() + " ms"),
                    isGood ? new Cell("ok", Colour.GREEN) : new Cell(error.isEmpty() ? "failed" : error, Colour.RED));
        }
        return table;
    }
}
