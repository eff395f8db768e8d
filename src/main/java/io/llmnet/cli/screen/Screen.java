package io.llmnet.cli.screen;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a result is looked at: a terminal of so many columns, or a file or program, for which nothing is cut or coloured.
 *
 * @param columns how wide it is; 0 when it has no width
 * @param isColoured whether colours are understood, and wanted
 */
public record Screen(int columns, boolean isColoured) {
    /** A file, or a program that reads. */
    public static final Screen PIPE = new Screen(0, false);

    /** The system property by which the launcher tells that standard output is a terminal, and how wide. */
    private static final String COLUMNS = "llmnet.columns";

    /** The process's own, as the launcher saw it. {@code NO_COLOR} is respected, see no-color.org. */
    public static Screen ofProcess(UnaryOperator<@Nullable String> environment) {
        int columns = Integer.getInteger(COLUMNS, 0);
        String plain = environment.apply("NO_COLOR");
        boolean wanted = (plain == null || plain.isEmpty()) && !"dumb".equals(environment.apply("TERM"));
        return new Screen(columns, columns > 0 && wanted);
    }

    /** A text in a colour, where there are colours. */
    public String paint(Colour colour, String text) {
        boolean isPlain = !isColoured || colour == Colour.NONE;
        return isPlain ? text : "\u001b[" + colour.code() + "m" + text + "\u001b[0m";
    }

    /** A text that came from elsewhere on one line, and with nothing in it that a terminal would obey. */
    public static String clean(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
