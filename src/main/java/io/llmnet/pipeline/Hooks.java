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

    /** Whether the node's answer must be whole before it goes on, because a post hook may replace it. */
    public boolean holdAnswer() {
        return post.stream().anyMatch(hook -> hook.mode() == Hook.Mode.TRANSFORM);
    }

    public boolean areNone() {
        return pre.isEmpty() && post.isEmpty();
    }
}
