package io.llmnet.pool;

import io.llmnet.settings.PoolSettings;
import java.util.Optional;

/** The contracts of tasks. */
@FunctionalInterface
public interface Contracts {
    /** The contract for a prompt; empty where there is none, and models are asked the prompt itself. */
    Optional<Contract> of(PoolSettings.Task task, String prompt);
}
