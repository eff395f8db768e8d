package io.llmnet.pipeline.file;

import io.llmnet.config.Address;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one source of secrets of a file. */
final class SecretForm {
    private static final List<String> SOURCES = List.of("env", "env-file", "vault");
    private static final Duration REFRESH = Duration.ofMinutes(5);

    private final Section section;
    private final String file;

    private SecretForm(Section section, String file) {
        this.section = section;
        this.file = file;
    }

    /**
     * The source.
     *
     * @param file the pipeline's, from whose folder paths go
     * @return null when it cannot be used, and a problem says why
     */
    static @Nullable Secret read(Section section, String file) {
        String source = section.required("source");
        if (source == null) {
            return null;
        }
        SecretForm form = new SecretForm(section, file);
        Secret secret;
        switch (source) {
            case "env" -> secret = form.env();
            case "env-file", "env_file" -> secret = form.envFile();
            case "vault" -> secret = form.vault();
            default -> {
                section.error("source", "is unknown; " + Spelling.advice(source, SOURCES));
                return null;
            }
        }
        section.close();
        return secret;
    }

    private @Nullable Secret env() {
        String variable = section.required("variable");
        return variable == null ? null : new Secret.Env(variable.strip());
    }

    private @Nullable Secret envFile() {
        Path path = path("path", section.required("path") == null ? null : section.expanded("path"));
        Set<String> variables = variables();
        return path == null ? null : new Secret.EnvFile(path, variables);
    }

    private @Nullable Secret vault() {
        URI address = address();
        String path = section.required("path") == null ? null : section.expanded("path");
        Set<String> variables = variables();
        String token = either("token-env", "token_env");
        String tokenKey = section.has("token_file") ? "token_file" : "token-file";
        Path tokenFile = path(tokenKey, section.expanded(tokenKey));
        Duration refresh = section.duration("refresh");
        return address == null || path == null
                ? null
                : new Secret.Vault(
                        address,
                        path.strip(),
                        variables,
                        token == null ? "VAULT_TOKEN" : token,
                        tokenFile,
                        refresh == null ? REFRESH : refresh);
    }

    private @Nullable URI address() {
        String written = section.required("address") == null ? null : section.expanded("address");
        if (written == null) {
            return null;
        }
        Address address = Address.of(written);
        if (address.complaint() != null) {
            section.error("address", address.complaint());
            return null;
        }
        return address.url();
    }

    private @Nullable String either(String key, String old) {
        String written = section.text(key);
        String formerly = section.text(old);
        return written == null ? formerly : written;
    }

    private Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        for (Value item : section.items("variables")) {
            if (item instanceof Value.Text text && !text.text().isBlank()) {
                names.add(text.text().strip());
            } else {
                section.error("variables", "must be a list of names");
            }
        }
        return names;
    }

    /** A path from the pipeline's folder, or from the home folder where it begins with a tilde. */
    private @Nullable Path path(String key, @Nullable String written) {
        if (written == null) {
            return null;
        }
        String path = written.strip();
        try {
            if (path.equals("~") || path.startsWith("~/")) {
                return Path.of(System.getProperty("user.home") + path.substring(1))
                        .normalize();
            }
            return Path.of(file)
                    .toAbsolutePath()
                    .resolveSibling(path)
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException impossible) {
            section.error(key, "is no path of a file; correct it");
            return null;
        }
    }
}
