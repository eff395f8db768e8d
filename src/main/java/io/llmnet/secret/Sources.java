package io.llmnet.secret;

import io.llmnet.config.EnvFile;
import io.llmnet.config.Problem;
import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.SecretUnavailable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads sources of secrets as they are now. */
final class Sources {
    private static final long LARGEST_FILE_BYTES = 4 << 20;

    private final UnaryOperator<@Nullable String> environment;
    private final VaultReader vault;

    Sources(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        this.vault = new VaultReader(environment);
    }

    /** All that may be taken from the source. */
    Map<String, String> read(Secret source) throws SecretUnavailable {
        return source.match(new Kinds()).read();
    }

    private interface Reading {
        Map<String, String> read() throws SecretUnavailable;
    }

    private final class Kinds implements Secret.Cases<Reading> {
        @Override
        public Reading envFile(Secret.EnvFile source) {
            return () -> only(source.variables(), values(source.path()));
        }

        @Override
        public Reading env(Secret.Env source) {
            return () -> variable(source.variable());
        }

        @Override
        public Reading vault(Secret.Vault source) {
            return () -> only(source.variables(), vault.read(source));
        }
    }

    private static Map<String, String> only(Set<String> wanted, Map<String, String> values) {
        return wanted.isEmpty()
                ? Map.copyOf(values)
                : values.entrySet().stream()
                        .filter(entry -> wanted.contains(entry.getKey()))
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<String, String> variable(String name) throws SecretUnavailable {
        String value = environment.apply(name);
        if (value == null) {
            throw new SecretUnavailable(
                    "the environment variable " + name + " is not set; set it, or name it in --env-file");
        }
        return Map.of(name, value);
    }

    private static Map<String, String> values(Path path) throws SecretUnavailable {
        try {
            if (Files.size(path) > LARGEST_FILE_BYTES) {
                throw new SecretUnavailable("the file " + path + " is no file of NAME=value lines; it is too large");
            }
            EnvFile file = EnvFile.read(path.toString(), Files.readString(path));
            if (!file.problems().isEmpty()) {
                throw new SecretUnavailable(
                        file.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
            }
            return file.values();
        } catch (CharacterCodingException notText) {
            throw new SecretUnavailable("the file " + path + " is not UTF-8 text", notText);
        } catch (IOException unreadable) {
            throw new SecretUnavailable("the file " + path + " cannot be read; put NAME=value lines there", unreadable);
        }
    }
}
