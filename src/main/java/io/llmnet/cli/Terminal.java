package io.llmnet.cli;

import io.llmnet.cli.screen.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command speaks: its result on {@code out}, everything else on {@code err}. Both are UTF-8 whatever the locale
 * says, for Java would print question marks for what a bare {@code LANG=C} does not know.
 */
public record Terminal(PrintStream out, PrintStream err, Screen screen) {
    /** One that nobody looks at. */
    public Terminal(PrintStream out, PrintStream err) {
        this(out, err, Screen.PIPE);
    }

    /** The process's own streams. */
    public static Terminal ofProcess() {
        return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), Screen.ofProcess(System::getenv));
    }

    /** Prints a result as it stands. */
    void print(String result) {
        out.print(result);
        out.flush();
    }

    /** One line on {@code err}, under our name. */
    void say(String line) {
        err.println("llmnet: " + line);
        err.flush();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
