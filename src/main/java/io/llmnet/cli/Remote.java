package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmnet.cli.screen.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URLEncoder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A running server, asked over HTTP.
 *
 * <p>With the oldest client of the JDK: the newer one needs longer to be loaded than an answer takes.
 */
final class Remote {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 30_000;
    private static final int OK_END = 300;
    private static final int LONGEST_REFUSAL = 300;

    private final Target target;

    private Remote(Target target) {
        this.target = target;
    }

    /** Adds the options by which {@link #of} finds the server, and {@code --json}. */
    static CommandSpec options(CommandSpec spec) {
        return spec.addOption(Flag.text(
                        "URL",
                        "The server to ask. Default: $" + Target.VARIABLE + ", else where the settings file here says,"
                                + " else the one that runs on this machine.",
                        "--server"))
                .addOption(Flag.text("FILE", "The settings file that says where the server is.", "-c", "--config"))
                .addOption(Flag.yes("Print JSON.", "--json"));
    }

    /** The server that these arguments mean. */
    static Remote of(ParseResult line, UnaryOperator<@Nullable String> environment) {
        return new Remote(Target.find(
                line.matchedOptionValue("--server", (String) null),
                line.matchedOptionValue("--config", (String) null),
                environment));
    }

    /** A name as one part of a path. */
    static String part(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    /** JSON as people read it, and programs too. */
    static String pretty(JsonNode json) {
        return json.toPrettyString() + "\n";
    }

    /** What it answers; any status is fine that comes with JSON, as a page of health has. */
    JsonNode page(String path) {
        return ask("GET", path, null).json();
    }

    JsonNode get(String path) {
        return ask("GET", path, null).good();
    }

    JsonNode post(String path, JsonNode body) {
        return ask("POST", path, body.toString().getBytes(UTF_8)).good();
    }

    JsonNode delete(String path) {
        return ask("DELETE", path, null).good();
    }

    private record Said(Target by, int status, String body) {
        JsonNode good() {
            JsonNode json = json();
            if (status < OK_END) {
                return json;
            }
            String message = json.path("error").path("message").asText("");
            if (message.isEmpty()) {
                throw new CommandException(stranger());
            }
            throw new CommandException(Screen.clean(message));
        }

        JsonNode json() {
            try {
                JsonNode json = body.isEmpty() && status < OK_END
                        ? JsonNodeFactory.instance.objectNode()
                        : new ObjectMapper().readTree(body);
                if (json.isContainerNode()) {
                    return json;
                }
            } catch (JsonProcessingException notJson) {
                throw new CommandException(stranger(), notJson);
            }
            throw new CommandException(stranger());
        }

        private String stranger() {
            String text = Screen.clean(body.substring(0, Math.min(body.length(), LONGEST_REFUSAL)));
            return "what answers at " + by.root() + " (" + by.origin() + ") is no LLMNet of this version: " + status
                    + (text.isEmpty() ? "" : " " + text) + "; name a server with --server";
        }
    }

    private Said ask(String method, String path, byte @Nullable [] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) target.root()
                    .resolve(target.root().getRawPath() + path)
                    .toURL()
                    .openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("Connection", "close");
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            return new Said(target, connection.getResponseCode(), read(connection));
        } catch (IOException unreachable) {
            throw new CommandException(
                    "no server answers at " + target.root() + " (" + target.origin()
                            + "); start one with 'llmnet serve', or name one with --server",
                    unreachable);
        }
    }

    private static String read(HttpURLConnection connection) throws IOException {
        boolean isGood = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = isGood ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? "" : new String(in.readAllBytes(), UTF_8);
        }
    }
}
