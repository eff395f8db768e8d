package io.llmnet.cli;

import io.llmnet.config.Durations;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The kinds of options that commands share, each with its check. */
final class Flag {
    private static final int LARGEST_PORT = 65535;

    private Flag() {}

    static OptionSpec text(String label, String help, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String.class)
                .paramLabel(label)
                .description(help)
                .build();
    }

    static OptionSpec yes(String help, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(boolean.class)
                .description(help)
                .build();
    }

    /** A whole number that is at least {@code least}. */
    static OptionSpec number(int least, String help, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(Integer.class)
                .paramLabel("N")
                .converters(text -> between(least, Integer.MAX_VALUE, text))
                .description(help)
                .build();
    }

    static OptionSpec port(String help, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(Integer.class)
                .paramLabel("PORT")
                .converters(text -> between(0, LARGEST_PORT, text))
                .description(help)
                .build();
    }

    /** A time such as {@code 250ms}, {@code 30s} or {@code 5m}; a bare number is seconds. */
    static OptionSpec duration(String help, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(Duration.class)
                .paramLabel("TIME")
                .converters(Flag::duration)
                .description(help)
                .build();
    }

    /** How often {@code -v} was given, before or after the command's name. */
    static int verbosity(ParseResult line) {
        return line.matchedOptionValue("--verbose", new boolean[0]).length;
    }

    private static String[] rest(String... names) {
        return java.util.Arrays.copyOfRange(names, 1, names.length);
    }

    private static Integer between(int least, int most, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
        throw new TypeConversionException(
                "'" + text + "' is not " + (most < Integer.MAX_VALUE ? least + " to " + most : least + " or more"));
    }

    private static Duration duration(String text) {
        return Durations.read(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Durations.FORM));
    }
}
