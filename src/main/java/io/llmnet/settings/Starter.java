package io.llmnet.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files to start from: every key with what it is where nobody says, as a comment where it may be left out. */
public enum Starter {
    LLMNET("llmnet.yaml"),
    NEXUS("nexus.toml"),
    LLM_POOL("llm-pool.toml");

    private final String file;

    Starter(String file) {
        this.file = file;
    }

    /** What such a file is called. */
    public String file() {
        return file;
    }

    /** What stands in it. */
    public String text() {
        try (InputStream stream = Starter.class.getResourceAsStream("/settings/" + file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not in this program");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
