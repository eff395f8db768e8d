package io.llmnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command's result goes: standard output, or the file that {@code -o} names. */
final class Output {
    private Output() {}

    /** Writes the text there. */
    static void write(String text, @Nullable String file, Terminal terminal) {
        if (file == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return;
        }
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException failed) {
            throw new CommandException("cannot write " + file + ": is there such a folder, and is it yours?", failed);
        }
    }
}
