package io.llmnet.telemetry.gateway;

import java.util.regex.Pattern;

/** Values of labels as Nexus writes them. */
final class Labels {
    static final String OTHER = "other";
    static final String NONE = "none";

    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_]");

    private Labels() {}

    /** With {@code _} for what is neither letter nor digit, and before a digit at the beginning. */
    static String clean(String value) {
        String clean = ODD.matcher(value).replaceAll("_");
        return !clean.isEmpty() && clean.charAt(0) >= '0' && clean.charAt(0) <= '9' ? "_" + clean : clean;
    }
}
