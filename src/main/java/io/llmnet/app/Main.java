package io.llmnet.app;

import io.llmnet.cli.Cli;
import io.llmnet.cli.Terminal;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. Quarkus and Camel are loaded only by commands that serve. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** Does what the arguments say and ends the process with the exit code. */
    public static void main(String... arguments) {
        System.exit(new Cli(Terminal.ofProcess(), System::getenv, new Gateway(), new LocalNode()).run(arguments));
    }
}
