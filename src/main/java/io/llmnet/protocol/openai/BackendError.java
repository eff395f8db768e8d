package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An error that some server made in a shape of its own: Ollama, FastAPI, older vLLM, llama.cpp, a proxy's page. */
final class BackendError {
    private static final int MAX_TEXT = 300;
    private static final int MAX_READ = 8192;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\s]+");

    /** How servers say that a prompt is too long: OpenAI, vLLM, llama.cpp, Ollama, TGI, SGLang, LM Studio, Anthropic and Gemini. */
    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|exceed_context_size_error|maximum context length|exceeds? the (available |model's )?context"
                    + "|maximum model length|longer than the (maximum )?(model|context)|context (length|window|size) "
                    + "(of|is|was|exceeded)|exceeds? (the )?(max|maximum) context|input length exceeds|prompt is too long"
                    + "|greater than the context length|inputs. tokens .* must be"
                    + "|exceeds the maximum number of tokens allowed",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HTML = Pattern.compile("^<(!doctype|html)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MODEL = Pattern.compile("model", Pattern.CASE_INSENSITIVE);

    private final int status;
    private final byte[] body;
    private final String backend;
    private final String start;
    private final JsonNode tree;
    private final boolean isTooLong;

    BackendError(int status, byte[] body, String backend) {
        this.status = status;
        this.body = body;
        this.backend = backend;
        this.start = new String(body, 0, Math.min(body.length, MAX_READ), UTF_8).strip();
        this.tree = tree(body);
        this.isTooLong = status < 500 && status != 429 && contains(TOO_LONG);
    }

    byte[] body() {
        if (!(tree.path("error") instanceof ObjectNode error)
                || !error.path("message").isTextual()) {
            return ErrorBody.body(message(), type(), null, code());
        }
        if (isTooLong && !error.path("code").asText("").equals(Fault.CONTEXT_LENGTH.code())) {
            error.put("code", Fault.CONTEXT_LENGTH.code());
            return Json.bytes(tree);
        }
        return body;
    }

    String message() {
        return said().map(BackendError::shortened).orElseGet(this::plain);
    }

    private Optional<String> said() {
        return Stream.of(
                        tree.path("error").path("message"),
                        tree.path("error"),
                        tree.path("message"),
                        tree.path("detail"),
                        tree.path("detail").path(0).path("msg"),
                        tree.path("detail").path("message"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private String plain() {
        String answered = backend + " answered " + status;
        if (contains(HTML)) {
            return answered + " with a page of HTML; is its URL that of an OpenAI-compatible server?";
        }
        String text = shortened(tree.isTextual() ? tree.textValue() : start);
        return text.isEmpty() ? answered + " without saying why" : answered + ": " + text;
    }

    private static String shortened(String text) {
        String line = CONTROLS.matcher(text).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= MAX_TEXT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_TEXT)) + "…";
    }

    private String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private @Nullable String code() {
        if (isTooLong) {
            return Fault.CONTEXT_LENGTH.code();
        }
        return switch (status) {
            case 404 -> (contains(MODEL) ? Fault.MODEL_NOT_FOUND : Fault.NOT_FOUND).code();
            case 413 -> Fault.BODY_TOO_LARGE.code();
            case 429 -> Fault.RATE_LIMITED.code();
            default -> status < 500 ? null : Fault.BACKEND_FAILED.code();
        };
    }

    private boolean contains(Pattern words) {
        return words.matcher(start).find();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, Fault.BACKEND_NONSENSE, "an error");
        } catch (ChatException e) {
            return MissingNode.getInstance();
        }
    }
}
