package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Template;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one of a file's functions. */
final class FunctionForm {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> TYPES = List.of("rest", "shell", "websocket", "grpc");

    private final String name;
    private final Section section;
    private final Texts texts;

    private FunctionForm(String name, Section section, Texts texts) {
        this.name = name;
        this.section = section;
        this.texts = texts;
    }

    /** The functions of a composition, by name; those that are wrong are problems. */
    static Map<String, Function> all(Section composition, Texts texts) {
        Map<String, Function> functions = new LinkedHashMap<>();
        Section named = composition.section("functions");
        if (named != null) {
            named.sections().forEach((name, section) -> {
                Function function = new FunctionForm(name, section, texts).function();
                section.close();
                if (function != null) {
                    functions.put(name, function);
                }
            });
        }
        return functions;
    }

    /** The names under which hooks may call functions, be they right or wrong. */
    static Set<String> names(Section composition) {
        return composition.find("functions") instanceof Value.Mapping mapping
                ? mapping.byName().keySet()
                : Set.of();
    }

    private @Nullable Function function() {
        String type = section.required("type");
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "rest" -> rest();
            case "shell" -> shell();
            case "websocket" -> socket();
            case "grpc" -> grpc();
            default -> {
                section.error("type", "is unknown; " + Spelling.advice(type, TYPES));
                section.keys().forEach(section::allow);
                yield null;
            }
        };
    }

    private @Nullable Function rest() {
        String method = method();
        Template url = url("http", "https");
        Map<String, Template> headers = texts(section.section("headers"));
        Template body = section.find("body") == null ? null : texts.json(section.find("body"));
        Duration timeout = timeout();
        return url == null ? null : new Function.Rest(name, method, url, headers, body, timeout);
    }

    private String method() {
        String written = section.text("method");
        String method = written == null ? "GET" : written.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            section.error("method", "is none that functions have; use one of " + String.join(", ", METHODS));
        }
        return method;
    }

    private @Nullable Function shell() {
        String command = section.required("command");
        List<Template> arguments = arguments();
        Map<String, Template> environment = texts(section.section("env"));
        String folder = section.text("cwd");
        Duration timeout = timeout();
        return command == null
                ? null
                : new Function.Shell(name, command.strip(), arguments, environment, folder, false, timeout);
    }

    private List<Template> arguments() {
        List<Template> arguments = new ArrayList<>();
        for (Value item : section.items("args")) {
            String written = Texts.plain(item);
            if (written == null) {
                section.error("args", "must be a list of texts, not of " + item.kind());
            } else {
                arguments.add(texts.text(written));
            }
        }
        return arguments;
    }

    private @Nullable Function socket() {
        Template url = url("ws", "wss");
        Map<String, Template> headers = texts(section.section("headers"));
        Template message = section.find("message") == null ? null : texts.json(section.find("message"));
        Duration timeout = timeout();
        return url == null ? null : new Function.Socket(name, url, headers, message, timeout);
    }

    private @Nullable Function grpc() {
        String address = section.required("address") == null ? null : section.expanded("address");
        String service = section.required("service");
        String method = section.required("method");
        Value request = section.find("request");
        if (request != null && !(request instanceof Value.Mapping)) {
            section.error("request", "must be a map of the message's fields, not " + request.kind());
        }
        String descriptor = section.expanded("descriptor");
        Duration timeout = timeout();
        if (address == null || service == null || method == null) {
            return null;
        }
        if (!address.strip().matches("((https?|grpcs?)://)?[^/\\s:@]+:[0-9]{1,5}")) {
            section.error("address", "must be host:port, with https:// in front for TLS");
        }
        return new Function.Grpc(
                name,
                address.strip(),
                service.strip(),
                method.strip(),
                request == null ? null : texts.json(request),
                descriptor,
                timeout);
    }

    private Duration timeout() {
        Duration timeout = section.duration("timeout");
        return timeout == null ? USUAL_TIMEOUT : timeout;
    }

    /** An address in which variables may stand, but not in front, so that no caller can choose the server. */
    private @Nullable Template url(String scheme, String secure) {
        String written = section.required("url");
        if (written == null) {
            return null;
        }
        String text = written.strip();
        boolean begins = text.startsWith(scheme + "://") || text.startsWith(secure + "://");
        if (!begins && !text.startsWith("$secrets.")) {
            section.error("url", "must begin with " + scheme + ":// or " + secure + "://");
        } else if (begins && text.indexOf('$') < 0 && !isAddress(text)) {
            section.error("url", "is not an address; write it like " + scheme + "://127.0.0.1:8090/path");
        }
        return texts.text(text);
    }

    private static boolean isAddress(String text) {
        try {
            return new URI(text).getHost() != null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private Map<String, Template> texts(@Nullable Section named) {
        Map<String, Template> filled = new LinkedHashMap<>();
        if (named == null) {
            return filled;
        }
        for (String key : named.keys()) {
            Value value = named.find(key);
            String written = value == null ? null : Texts.plain(value);
            if (written == null) {
                named.text(key);
            } else {
                filled.put(key, texts.text(written));
            }
        }
        return filled;
    }
}
