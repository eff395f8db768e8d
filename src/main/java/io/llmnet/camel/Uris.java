package io.llmnet.camel;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;

/** Names from files as parts of endpoint URIs, in which only some characters stand for themselves. */
public final class Uris {
    private Uris() {}

    /** Where a node's route begins. */
    static String route(Graph graph, Node node) {
        return "direct:" + part(graph.name()) + "/" + part(node.name());
    }

    /** What asks a node's model. */
    static String ask(Graph graph, Node node, boolean last) {
        return "llm:" + part(graph.name()) + "/" + part(String.valueOf(node.model())) + "?node=" + part(node.name())
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
