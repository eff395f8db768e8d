package io.llmnet.pipeline;

import java.util.List;

/**
 * What is called around a node's model, in the order declared.
 *
 * @param pre before it is asked
 * @param post when it has answered
 */
public record Hooks(List<Hook> pre, List<Hook> post) {
    public static final Hooks NONE = new Hooks(List.of(), List.of());

    public Hooks {
        pre = List.copyOf(pre);
        post = List.copyOf(post);
    }

    public boolean areNone() {
        return pre.isEmpty() && post.isEmpty();
    }
}
