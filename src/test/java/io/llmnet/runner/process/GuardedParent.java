package io.llmnet.runner.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** A process that starts a guarded program, and is there until it is killed. */
final class GuardedParent {
    private GuardedParent() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        ProgramLog log = new ProgramLog(Path.of(arguments[0]));
        Guarded program = Guarded.start(
                Arrays.asList(arguments).subList(1, arguments.length), Map.of(), Duration.ofSeconds(1), log);
        program.awaitEnd(Duration.ofHours(1));
    }
}
