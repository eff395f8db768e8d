package io.llmnet.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Blackens every secret that is known in texts that leave the program. For many threads. */
public final class Redaction {
    /** What is shorter is no secret but a word such as "none" or "ollama", and may stand in a message by right. */
    private static final int SHORTEST = 8;

    private static final String BLACK = "***";

    /** Longest first, so that no part of one stays when another is inside it. */
    private volatile List<String> known = List.of();

    /** Learns values that must not be seen from now on; they stay known when they change, for old ones may still be told. */
    public synchronized void learn(Collection<String> values) {
        Set<String> all = new HashSet<>(known);
        for (String value : values) {
            String bare = value.strip();
            if (bare.length() >= SHORTEST) {
                all.add(bare);
                all.add(URLEncoder.encode(bare, StandardCharsets.UTF_8));
            }
        }
        List<String> next = new ArrayList<>(all);
        next.sort(Comparator.comparingInt(String::length).reversed());
        known = List.copyOf(next);
    }

    /** The text without secrets; the same text where there are none. */
    public String of(String text) {
        String told = text;
        for (String secret : known) {
            if (told.contains(secret)) {
                told = told.replace(secret, BLACK);
            }
        }
        return told;
    }
}
