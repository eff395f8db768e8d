package io.llmnet.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hooks and alerts of a node see beside the variables of the run.
 *
 * @param run the variables of the run
 * @param node the node's name
 * @param input what the node was given
 * @param output what it said; before it has spoken, its input
 */
public record AtNode(Variables run, String node, String input, String output) implements Variables {
    /** The names of these variables, without the {@code $}. */
    public static final List<String> NAMES = List.of("NODE", "INPUT", "OUTPUT");

    @Override
    public @Nullable String valueOf(String name) {
        return switch (name) {
            case "NODE" -> node;
            case "INPUT" -> input;
            case "OUTPUT" -> output;
            default -> run.valueOf(name);
        };
    }

    @Override
    public double numberOf(String name) {
        return NAMES.contains(name) ? Variables.super.numberOf(name) : run.numberOf(name);
    }
}
