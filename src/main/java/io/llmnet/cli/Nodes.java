package io.llmnet.cli;

import java.util.Map;

/** Runs an inference node in this process. Made by app. */
@FunctionalInterface
public interface Nodes {
    /**
     * Serves the model until it is told to stop.
     *
     * @param flags as typed, by their long names without dashes; only those given
     * @return the exit code
     * @throws CommandException when it cannot, for example because the model file is not one
     */
    int serve(Map<String, String> flags);
}
