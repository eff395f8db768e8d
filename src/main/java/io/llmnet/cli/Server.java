package io.llmnet.cli;

import java.net.URI;
import java.util.function.Consumer;

/** Serves pipelines. Made by app. */
public interface Server {
    /**
     * Serves until it is told to stop, and returns when nothing of it is left; also when the process is told to end.
     *
     * @param listening told once, with the root by which callers on this machine reach it
     * @return the exit code
     * @throws CommandException when it cannot, for example because the port is taken
     */
    int serve(RunOptions options, Consumer<URI> listening);

    /** Makes {@link #serve} return with that exit code; from any thread. */
    void stop(int code);
}
