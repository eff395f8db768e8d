package io.llmnet.secret;

import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.SecretUnavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of Vault's key-value store, version 2. The token is looked up for every reading, so that it may be renewed
 * by others; no message holds it.
 */
final class VaultReader {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int WHOLE_SECONDS = 5;

    private final UnaryOperator<@Nullable String> environment;
    private @Nullable HttpClient client;

    VaultReader(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** All that the entry holds. */
    Map<String, String> read(Secret.Vault source) throws SecretUnavailable {
        HttpRequest request = request(source);
        CompletableFuture<HttpResponse<byte[]>> asked = client().sendAsync(request, info -> new LimitedBody());
        try {
            HttpResponse<byte[]> response = asked.get(WHOLE_SECONDS, TimeUnit.SECONDS);
            if (response.statusCode() != 200) {
                throw new SecretUnavailable(refusal(response.statusCode(), source));
            }
            return values(new String(response.body(), StandardCharsets.UTF_8), source);
        } catch (TimeoutException late) {
            asked.cancel(true);
            throw new SecretUnavailable(
                    vault(source) + " did not answer within " + WHOLE_SECONDS + " s; is it well?", late);
        } catch (ExecutionException broken) {
            throw new SecretUnavailable(vault(source) + " cannot be reached; is it running?", broken);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new SecretUnavailable(vault(source) + " was not waited for", e);
        }
    }

    /** Made when it is needed first: many commands need none, and it takes its time. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
            client = made;
        }
        return made;
    }

    private HttpRequest request(Secret.Vault source) throws SecretUnavailable {
        try {
            URI root = source.address();
            URI entry = new URI(null, null, root.getPath() + "/v1/" + path(source.path()), null);
            HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(entry.getRawPath()))
                    .timeout(Duration.ofSeconds(WHOLE_SECONDS))
                    .header("X-Vault-Request", "true")
                    .header("X-Vault-Token", token(source));
            String namespace = environment.apply("VAULT_NAMESPACE");
            if (namespace != null && !namespace.isBlank()) {
                request.header("X-Vault-Namespace", namespace.strip());
            }
            return request.build();
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            // without the cause, whose words may hold the token
            throw new SecretUnavailable("cannot ask " + vault(source)
                    + ": its path, its token or its namespace has characters that cannot be sent; correct them");
        }
    }

    /** The entry's path in the API, in which {@code data} follows the store's own. */
    static String path(String written) {
        String path = written.replaceFirst("^/*(v1/)?", "").replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        return path.contains("/data/") || slash < 0 ? path : path.substring(0, slash) + "/data" + path.substring(slash);
    }

    private String token(Secret.Vault source) throws SecretUnavailable {
        Path file = source.tokenFile();
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException unreadable) {
                throw new SecretUnavailable(
                        "the token's file " + file + " cannot be read; put the token there", unreadable);
            }
        }
        String token = environment.apply(source.tokenVariable());
        if (token == null || token.isBlank()) {
            throw new SecretUnavailable("the environment variable " + source.tokenVariable()
                    + " is not set; set it to a token of Vault's, or name a file that holds one with \"token-file\"");
        }
        return token.strip();
    }

    private static String refusal(int status, Secret.Vault source) {
        String entry = vault(source) + " ";
        return switch (status) {
            case 400 ->
                entry + "does not understand what it was asked (400); is \"path\" an entry of a key-value store?";
            case 403 ->
                entry + "refuses the token for " + path(source.path()) + " (403); renew it, or let it read that";
            case 404 ->
                entry + "has nothing at " + path(source.path())
                        + " (404); correct \"path\", with the store first: secret/data/name";
            case 429, 472, 473 -> entry + "is on standby (" + status + "); name the active one";
            case 503 -> entry + "is sealed or under maintenance (503); unseal it";
            default -> entry + "answered " + status + "; look into its log";
        };
    }

    private static Map<String, String> values(String body, Secret.Vault source) throws SecretUnavailable {
        Value document = Document.read("vault.json", body, new Problems()).orElse(null);
        if (member(member(document, "data"), "data") instanceof Value.Mapping entries) {
            Map<String, String> values = new LinkedHashMap<>();
            for (Value.Entry entry : entries.entries()) {
                String value = text(entry.value());
                if (value != null) {
                    values.put(entry.name(), value);
                }
            }
            return values;
        }
        throw new SecretUnavailable(vault(source) + " answered for " + path(source.path())
                + " with no entry of a key-value store of version 2; correct \"path\"");
    }

    private static @Nullable Value member(@Nullable Value value, String name) {
        return value instanceof Value.Mapping mapping ? mapping.find(name) : null;
    }

    private static @Nullable String text(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Numeral numeral) {
            return numeral.digits();
        }
        return value instanceof Value.Truth truth ? String.valueOf(truth.holds()) : null;
    }

    private static String vault(Secret.Vault source) {
        return "Vault at " + source.address();
    }
}
