package io.llmnet.node;

import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers the prompts read last, one a slot, to know how much of a new one llama.cpp has likely kept. */
final class Beginnings {
    private final int most;
    private final Deque<String> prompts = new ArrayDeque<>();

    Beginnings(int most) {
        this.most = most;
    }

    synchronized void remember(String prompt) {
        prompts.remove(prompt);
        prompts.addFirst(prompt);
        if (prompts.size() > most) {
            prompts.removeLast();
        }
    }

    /** How many characters of this prompt were read before, at best. */
    synchronized int known(String prompt) {
        return prompts.stream().mapToInt(one -> common(one, prompt)).max().orElse(0);
    }

    private static int common(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int length = 0;
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
