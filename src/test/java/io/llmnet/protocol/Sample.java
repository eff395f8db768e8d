package io.llmnet.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What real servers said, from {@code src/test/resources}. */
public final class Sample {
    private Sample() {}

    /** The sample of this path, {@code openai/chat.json}. */
    public static byte[] bytes(String path) {
        try (InputStream in = Sample.class.getResourceAsStream("/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
