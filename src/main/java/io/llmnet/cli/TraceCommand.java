package io.llmnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.quickstart.Household;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code trace}: follows the requests of a running server, node by node, until one of the two ends. */
final class TraceCommand implements Command {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Terminal terminal;
    private final UnaryOperator<@Nullable String> environment;

    TraceCommand(Terminal terminal, UnaryOperator<@Nullable String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("trace")
                .addOption(Flag.text("URL", "Of the server. Default: the one that runs on this machine.", "--server"))
                .addOption(Flag.text("NAME", "Follow only this pipeline.", "--pipeline"))
                .addOption(Flag.yes("Insist on what is said, which a server tells only if it was told to.", "--text"))
                .addOption(Flag.yes("Leave out what is said.", "--no-text"))
                .addOption(Flag.yes("Print each event as a line of JSON.", "--json"));
        spec.usageMessage().description("Follows requests through the nodes of a running server, until Ctrl-C.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        URI management = new Servers(Household.of(environment)).management(line.matchedOptionValue("--server", null));
        HttpResponse<Stream<String>> feed = open(management, query(line));
        boolean json = line.hasMatchedOption("--json");
        boolean insists = line.hasMatchedOption("--text");
        TraceLines lines = new TraceLines(ZoneId.systemDefault());
        try (Stream<String> events = feed.body()) {
            events.forEach(event -> show(event, json, insists, lines));
        } catch (UncheckedIOException cutOff) {
            // A server that ends closes its connections as one that is killed does.
        }
        terminal.say("the server ended, or cannot be reached any more");
        return 0;
    }

    private void show(String event, boolean json, boolean insists, TraceLines lines) {
        JsonNode told = read(event);
        if (told.path("phase").asText().equals("following")) {
            greet(told, insists);
        }
        if (json) {
            terminal.out().println(event);
        } else {
            lines.of(told).forEach(terminal.out()::println);
        }
        terminal.out().flush();
    }

    private void greet(JsonNode told, boolean insists) {
        terminal.say("following requests; Ctrl-C ends it");
        if (insists && !told.path("text").asBoolean()) {
            terminal.say("this server does not tell what is said; start it with telemetry.log-prompts");
        }
    }

    private static JsonNode read(String event) {
        try {
            return new ObjectMapper().readTree(event);
        } catch (JsonProcessingException notJson) {
            throw new CommandException("the server tells what is no trace; is it an LLMNet of this version?", notJson);
        }
    }

    private static String query(ParseResult line) {
        String pipeline = line.matchedOptionValue("--pipeline", null);
        String text = "text=" + !line.hasMatchedOption("--no-text");
        return pipeline == null ? text : text + "&pipeline=" + URLEncoder.encode(pipeline, StandardCharsets.UTF_8);
    }

    private static HttpResponse<Stream<String>> open(URI management, String query) {
        URI feed = management.resolve("/trace?" + query);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        try {
            HttpResponse<Stream<String>> response =
                    client.send(HttpRequest.newBuilder(feed).build(), BodyHandlers.ofLines());
            String type = response.headers().firstValue("content-type").orElse("");
            if (response.statusCode() != OK || !type.startsWith("application/x-ndjson")) {
                throw new CommandException("nothing can be followed at " + management
                        + "; name the server's management port with --server");
            }
            return response;
        } catch (IOException unreachable) {
            throw new CommandException("no server answers at " + management + "; is it running?", unreachable);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", told);
        }
    }
}
