package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.cli.screen.Colour;
import io.llmnet.cli.screen.Screen;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code health}: whether a running server can answer; its exit code says so too. */
final class HealthCommand implements Command {
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    HealthCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("health"));
        spec.usageMessage()
                .description("Tells how a running server is; exit code 1 when it is unhealthy or cannot be reached.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        JsonNode health = Remote.of(line, environment).page("/health");
        String status = health.path("status").asText("");
        if (status.isEmpty()) {
            throw new CommandException("the server tells no status; is it an LLMNet?");
        }
        terminal.print(line.hasMatchedOption("--json") ? Remote.pretty(counted(health)) : lines(health, status));
        return status.equals("unhealthy") ? 1 : 0;
    }

    /** As it was always printed: how many models there are stands below {@code total}. */
    private static JsonNode counted(JsonNode health) {
        if (health instanceof ObjectNode page && page.path("models").isNumber()) {
            JsonNode models = page.path("models");
            page.putObject("models").set("total", models);
        }
        return health;
    }

    private String lines(JsonNode health, String status) {
        StringBuilder lines = new StringBuilder();
        lines.append("Status: ").append(terminal.screen().paint(Colour.ofStatus(status), Screen.clean(status)));
        line(lines, "Version", Screen.clean(health.path("version").asText("")));
        line(lines, "Uptime", uptime(health.path("uptime_seconds").asLong(-1)));
        JsonNode backends = health.path("backends");
        if (backends.isObject()) {
            line(
                    lines,
                    "Backends",
                    backends.path("healthy").asInt() + " healthy, "
                            + backends.path("unhealthy").asInt() + " unhealthy, "
                            + backends.path("total").asInt() + " in all");
        }
        line(lines, "Models", health.path("models").asText(""));
        return lines.append('\n').toString();
    }

    private static void line(StringBuilder lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.append('\n').append(name).append(": ").append(value);
        }
    }

    private static String uptime(long seconds) {
        Duration up = Duration.ofSeconds(seconds);
        if (seconds < 0) {
            return "";
        }
        if (up.toHours() > 0) {
            return (up.toDays() > 0 ? up.toDays() + " d " : "") + up.toHoursPart() + " h " + up.toMinutesPart()
                    + " min";
        }
        return (up.toMinutes() > 0 ? up.toMinutes() + " min " : "") + up.toSecondsPart() + " s";
    }
}
