package io.llmnet.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One thing that llmnet can be told to do. */
interface Command {
    /** Its name, its options and their help. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws CommandException to end with 1
     */
    int run(ParseResult line);
}
