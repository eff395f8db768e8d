package io.llmnet.app;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What the settings file says, as a source of configuration: the process's properties and environment beat it, and it beats
 * what the program comes with. Made by the configuration itself, so the hand-over is static.
 */
public final class FileSource implements ConfigSource {
    /** More than that of the program's own application.properties, less than that of all that users have else. */
    private static final int RANK = 257;

    private static volatile Map<String, String> keys = Map.of();

    static void prepare(Map<String, String> settings) {
        keys = Map.copyOf(settings);
    }

    @Override
    public int getOrdinal() {
        return RANK;
    }

    @Override
    public Set<String> getPropertyNames() {
        return keys.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return keys.get(key);
    }

    @Override
    public String getName() {
        return "llmnet.yaml";
    }
}
