package io.llmnet.pipeline.file;

import io.llmnet.pipeline.Secret;
import java.util.Map;

/** Where a file's secrets are looked up while it is read. */
public interface Secrets {
    /** None can be had. */
    Secrets NONE = source -> {
        throw new SecretUnavailable("no secrets are read here; use $NAME of the environment");
    };

    /**
     * All that a source holds, by name.
     *
     * @throws SecretUnavailable when it cannot be read
     */
    Map<String, String> values(Secret source) throws SecretUnavailable;

    /** Whether the file is only looked at: no network is used, and for what cannot be had a placeholder stands. */
    default boolean onTrial() {
        return false;
    }

    /** These secrets, for files that are only looked at. */
    default Secrets trial() {
        Secrets real = this;
        return new Secrets() {
            @Override
            public Map<String, String> values(Secret source) throws SecretUnavailable {
                return real.values(source);
            }

            @Override
            public boolean onTrial() {
                return true;
            }
        };
    }
}
