package io.llmnet.cache.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps answers for a time. What it fails to keep or to find is missing, never an error. Safe from any thread. */
public interface Store extends AutoCloseable {
    /** The answer of that key, if there is one; never fails, never takes long; completes on any thread. */
    CompletionStage<Optional<Kept>> read(String key);

    /** Keeps an answer so long; completes, on any thread, when it is there, or will never be; never fails. */
    CompletionStage<Void> write(String key, Kept kept, Duration ttl);

    /** How many answers are kept in this process' memory. */
    long entries();

    /** How often it could not be used. */
    long failures();

    @Override
    void close();
}
