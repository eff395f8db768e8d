package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.cli.screen.Cell;
import io.llmnet.cli.screen.Colour;
import io.llmnet.cli.screen.Screen;
import io.llmnet.cli.screen.Table;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code backends list|add|remove}: the model servers that a running server knows. */
final class BackendsCommand implements Command {
    private static final String PATH = "/v1/backends";
    private static final List<String> STATUSES = List.of("healthy", "unhealthy", "unknown", "draining");
    private static final List<String> ZONES = List.of("restricted", "open");
    /** Options of {@code add} and what they are called in the request. */
    private static final Map<String, String> TEXTS = Map.of("--name", "name", "--type", "kind", "--zone", "zone");

    private static final Map<String, String> NUMBERS =
            Map.of("--priority", "priority", "--tier", "tier", "--max-concurrent", "max_concurrent");

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    BackendsCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("backends");
        spec.usageMessage().description("Shows and changes the backends of a running server. Alone, it lists them.");
        List.of(listing(), adding(), removing()).forEach(each -> spec.addSubcommand(each.name(), each));
        return spec;
    }

    private static CommandSpec listing() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("list"))
                .addOption(oneOf(STATUSES, "STATUS", "Only those that are healthy, unhealthy, unknown or draining.")
                        .names("-s", "--status")
                        .build());
        spec.usageMessage().description("Lists the backends.");
        return spec;
    }

    private static CommandSpec adding() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("add"))
                .addPositional(word("URL", "Where the backend listens."))
                .addOption(Flag.text("NAME", "What to call it. Default: the server finds a name.", "-n", "--name"))
                .addOption(Flag.text(
                        "KIND", "ollama, vllm, llamacpp, openai, ... Default: the server finds out.", "-t", "--type"))
                .addOption(Flag.number(0, "The lower, the sooner it is asked. Default: 50.", "-p", "--priority"))
                .addOption(oneOf(ZONES, "ZONE", "restricted: at home; open: somebody else's.")
                        .names("--zone")
                        .build())
                .addOption(Flag.number(1, "How capable it is: 1 (best) to 5.", "--tier"))
                .addOption(Flag.number(1, "Requests that it is given at once.", "--max-concurrent"))
                .addOption(Flag.text("VAR", "The variable here that holds its key.", "--api-key-env"));
        spec.usageMessage().description("Adds a backend, until the server ends.");
        return spec;
    }

    private static CommandSpec removing() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("remove"))
                .addPositional(word("NAME", "As the list calls it."));
        spec.usageMessage().description("Removes a backend.");
        return spec;
    }

    private static PositionalParamSpec word(String label, String help) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .arity("1")
                .required(true)
                .type(String.class)
                .description(help)
                .build();
    }

    private static OptionSpec.Builder oneOf(List<String> words, String label, String help) {
        return OptionSpec.builder("--any")
                .type(String.class)
                .paramLabel(label)
                .completionCandidates(words)
                .description(help);
    }

    @Override
    public int run(ParseResult line) {
        ParseResult asked = line.hasSubcommand() ? line.subcommand() : line;
        Remote remote = Remote.of(asked, environment);
        return switch (asked.commandSpec().name()) {
            case "add" -> add(asked, remote);
            case "remove" -> remove(asked, remote);
            default -> list(asked, remote);
        };
    }

    private int list(ParseResult line, Remote remote) {
        String status = among(STATUSES, "--status", line);
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        for (JsonNode backend : remote.get(PATH).path("backends")) {
            if (status == null || status.equals(backend.path("status").asText(""))) {
                shown.add(backend);
            }
        }
        if (line.hasMatchedOption("--json")) {
            terminal.print(Remote.pretty(listed(shown)));
        } else if (shown.isEmpty()) {
            terminal.say(status == null ? "no backends yet" : "no backend is " + status);
        } else {
            terminal.print(table(shown).drawn(terminal.screen()));
        }
        return 0;
    }

    private static ObjectNode listed(ArrayNode backends) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("backends");
        for (JsonNode backend : backends) {
            ObjectNode entry = list.addObject();
            List.of("name", "url", "backend_type", "status").forEach(key -> entry.set(key, backend.path(key)));
            ids(backend).forEach(entry.putArray("models")::add);
            entry.set("avg_latency_ms", backend.path("avg_latency_ms"));
            backend.properties().forEach(field -> entry.putIfAbsent(field.getKey(), field.getValue()));
        }
        return json;
    }

    private static Table table(ArrayNode backends) {
        Table table = Table.of("Name", "URL", "Type", "Status", "Models", "Latency");
        for (JsonNode backend : backends) {
            String status = backend.path("status").asText("");
            long millis = Math.round(backend.path("avg_latency_ms").asDouble());
            table.add(
                    Cell.of(backend.path("name").asText("")),
                    Cell.of(backend.path("url").asText("")),
                    Cell.of(backend.path("backend_type").asText("")),
                    new Cell(status, Colour.ofStatus(status)),
                    Cell.of(String.join(", ", ids(backend))),
                    Cell.of(millis == 0 ? "-" : millis + " ms"));
        }
        return table;
    }

    private static List<String> ids(JsonNode backend) {
        return StreamSupport.stream(backend.path("models").spliterator(), false)
                .map(model ->
                        model.isTextual() ? model.asText("") : model.path("id").asText(""))
                .collect(Collectors.toList());
    }

    private int add(ParseResult line, Remote remote) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("url", line.matchedPositionalValue(0, ""));
        among(ZONES, "--zone", line);
        TEXTS.forEach((option, key) -> {
            if (line.hasMatchedOption(option)) {
                order.put(key, line.matchedOptionValue(option, ""));
            }
        });
        NUMBERS.forEach((option, key) -> {
            if (line.hasMatchedOption(option)) {
                order.put(key, line.matchedOptionValue(option, Integer.valueOf(0)));
            }
        });
        String variable = line.matchedOptionValue("--api-key-env", (String) null);
        if (variable != null) {
            order.put("api_key", key(variable));
        }
        JsonNode said = remote.post(PATH, order);
        JsonNode added = said.has("backend") ? said.path("backend") : said;
        if (line.hasMatchedOption("--json")) {
            terminal.print(Remote.pretty(added));
        } else {
            String name = added.path("name")
                    .asText(order.path("name").asText(order.path("url").asText("")));
            terminal.print(Screen.clean("Added backend '" + name + "' as " + kind(added) + state(added)) + "\n");
        }
        return 0;
    }

    private static String kind(JsonNode added) {
        String kind = added.path("backend_type").asText("auto");
        return kind.equals("auto") ? "a kind to be found out" : kind;
    }

    private static String state(JsonNode added) {
        String trouble = added.path("last_error").asText("");
        return (added.hasNonNull("status") ? ": " + added.path("status").asText("") : "")
                + (trouble.isBlank() ? "" : ", " + trouble);
    }

    private String key(String variable) {
        String key = environment.apply(variable);
        if (key == null || key.isBlank()) {
            throw new CommandException(
                    "the environment variable " + variable + " is not set; set it to the backend's key");
        }
        return key;
    }

    private int remove(ParseResult line, Remote remote) {
        String name = line.matchedPositionalValue(0, "");
        JsonNode said = remote.delete(PATH + "/" + Remote.part(name));
        terminal.print(line.hasMatchedOption("--json") ? Remote.pretty(said) : "Removed backend '" + name + "'\n");
        return 0;
    }

    private static @Nullable String among(List<String> words, String option, ParseResult line) {
        String said = line.matchedOptionValue(option, (String) null);
        if (said != null && !words.contains(said)) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "'" + said + "' is none of " + String.join(", ", words));
        }
        return said;
    }
}
