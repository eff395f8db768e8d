package io.llmnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmnet.cli.screen.Cell;
import io.llmnet.cli.screen.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code models}: the models that a running server serves, and where it has them from. */
final class ModelsCommand implements Command {
    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    ModelsCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Remote.options(CommandSpec.create().name("models"))
                .addOption(Flag.text("BACKEND", "Only those of this backend.", "-b", "--backend"));
        spec.usageMessage().description("Lists the models of a running server.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        Remote remote = Remote.of(line, environment);
        String backend = line.matchedOptionValue("--backend", (String) null);
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        for (JsonNode model : remote.get("/v1/models").path("data")) {
            if (backend == null || backends(model).contains(backend)) {
                data.add(model);
            }
        }
        if (line.hasMatchedOption("--json")) {
            terminal.print(Remote.pretty(
                    JsonNodeFactory.instance.objectNode().put("object", "list").set("data", data)));
        } else if (data.isEmpty()) {
            terminal.say(backend == null ? "no models yet" : "no model is known to be at " + backend);
        } else {
            terminal.print(table(data).drawn(terminal.screen()));
        }
        return 0;
    }

    private static Table table(ArrayNode data) {
        Table table = Table.of("Model", "Backends", "Context", "Capabilities");
        for (JsonNode model : data) {
            long context = model.path("context_length").asLong();
            table.add(
                    Cell.of(model.path("id").asText("")),
                    Cell.of(String.join(", ", backends(model))),
                    Cell.of(context == 0 ? "-" : Long.toString(context)),
                    Cell.of(capabilities(model)));
        }
        return table;
    }

    /** Who has it: a server that does not list them all names one as its owner. */
    private static List<String> backends(JsonNode model) {
        List<String> names = new ArrayList<>();
        for (JsonNode backend : model.path("backends")) {
            names.add(
                    backend.isTextual()
                            ? backend.asText("")
                            : backend.path("name").asText(""));
        }
        return names.isEmpty() ? List.of(model.path("owned_by").asText("")) : names;
    }

    /** What it is known to be able to do; what nobody knows has a question mark. */
    private static String capabilities(JsonNode model) {
        Map<String, String> words = new LinkedHashMap<>();
        model.path("capabilities").properties().forEach(capability -> {
            String name = capability.getKey().replace('_', ' ');
            if (capability.getValue().isNull()) {
                words.put(name, name + "?");
            } else if (capability.getValue().asBoolean()) {
                words.put(name, name);
            }
        });
        return words.isEmpty() ? "-" : String.join(", ", words.values());
    }
}
