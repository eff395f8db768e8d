package io.llmnet.camel;

import io.llmnet.pipeline.Node;

/** Names from files as parts of endpoint URIs, in which only some characters stand for themselves. */
public final class Uris {
    private Uris() {}

    /** Where a node's route begins, in one of the sets of routes that a pipeline has had. */
    static String route(String set, Node node) {
        return "direct:" + part(set) + "/" + part(node.name());
    }

    /** What asks a node's model. */
    static String ask(String pipeline, Node node, boolean last) {
        return "llm:" + part(pipeline) + "/" + part(String.valueOf(node.model())) + "?node=" + part(node.name())
                + "&last=" + last;
    }

    /** Letters, digits, dot, dash and underscore stay; all else becomes {@code ~hex~}. */
    public static String part(String name) {
        StringBuilder part = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
            if (plain) {
                part.append(c);
            } else {
                part.append('~').append(Integer.toHexString(c)).append('~');
            }
        }
        return part.toString();
    }
}
