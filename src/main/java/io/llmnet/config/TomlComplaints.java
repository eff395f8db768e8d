package io.llmnet.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words for people what a TOML parser found wrong. */
final class TomlComplaints {
    private static final Pattern TWICE = Pattern.compile(".* previously defined at line (\\d+), column \\d+");

    private final Problems problems;
    private boolean mild = true;

    TomlComplaints(Problems problems) {
        this.problems = problems;
    }

    /** Whether all that was told leaves no doubt of what the rest of the text says. */
    boolean areMild() {
        return mild;
    }

    void tell(Place place, String complaint) {
        Matcher twice = TWICE.matcher(complaint);
        if (twice.matches()) {
            problems.error(place, "", "this is already in line " + twice.group(1) + "; keep one of the two");
        } else {
            mild = false;
            problems.error(place, "", words(complaint));
        }
    }

    private static String words(String complaint) {
        if (!complaint.startsWith("Unexpected")) {
            return "this is not TOML: " + complaint.substring(0, 1).toLowerCase(Locale.ROOT) + complaint.substring(1);
        }
        if (complaint.contains("a number, a boolean")) {
            return "a value is expected here; put text in quotes";
        }
        if (complaint.contains("expected \" or a character") || complaint.contains("expected ' or a character")) {
            return "a quote is not closed before the end of the line; close it";
        }
        if (complaint.contains("end of line, expected ]")) {
            return "a bracket is not closed before the end of the line; close it";
        }
        if (complaint.contains("expected a newline or end-of-input")) {
            return "the line should end here; write one key a line, and text in quotes";
        }
        // Without what stands there, which may be a secret that lacks its quotes.
        int expected = complaint.lastIndexOf(", expected ");
        return "this is not TOML"
                + (expected < 0
                        ? "; correct the line"
                        : complaint.substring(expected).replaceFirst(",", ";"));
    }
}
