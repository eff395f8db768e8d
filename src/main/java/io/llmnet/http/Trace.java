package io.llmnet.http;

import java.util.List;

/** The hops of a run, as a header shows them. */
final class Trace {
    private Trace() {}

    /** The hops in order, between commas; what a header cannot hold becomes {@code _}. */
    static String header(List<String> hops) {
        String joined = String.join(", ", hops);
        StringBuilder header = new StringBuilder(joined.length());
        joined.chars().forEach(c -> header.append(c >= ' ' && c < 127 ? (char) c : '_'));
        return header.toString();
    }
}
