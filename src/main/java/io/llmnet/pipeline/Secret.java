package io.llmnet.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where values come from that nobody may see; it says where, and never holds one. Two that are equal are one source. */
public sealed interface Secret {
    /** Hands this source to the case that fits. */
    <R> R match(Cases<R> cases);

    /**
     * A file of {@code NAME=value} lines.
     *
     * @param path absolute
     * @param variables the names taken from it; none for all
     */
    record EnvFile(Path path, Set<String> variables) implements Secret {
        public EnvFile {
            variables = Set.copyOf(variables);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.envFile(this);
        }
    }

    /** One variable of the environment. */
    record Env(String variable) implements Secret {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.env(this);
        }
    }

    /**
     * One entry of a Vault's key-value store, version 2.
     *
     * @param address the Vault's root, without {@code /v1} and without a slash at its end
     * @param path the store and the entry in it, with or without {@code data} between them
     * @param variables the names taken from it; none for all
     * @param tokenVariable the variable of the environment that holds the token
     * @param tokenFile the file that holds it, absolute; it comes first; null for none
     * @param refresh how often it is read anew
     */
    record Vault(
            URI address,
            String path,
            Set<String> variables,
            String tokenVariable,
            @Nullable Path tokenFile,
            Duration refresh)
            implements Secret {
        public Vault {
            variables = Set.copyOf(variables);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.vault(this);
        }
    }

    /** One answer for each kind of source. */
    interface Cases<R> {
        R envFile(EnvFile source);

        R env(Env source);

        R vault(Vault source);
    }
}
