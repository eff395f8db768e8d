package io.llmnet.camel;

import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Node;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Names from files as parts of endpoint URIs, in which only some characters stand for themselves. */
public final class Uris {
    private Uris() {}

    /** Where a node's route begins, in one of the sets of routes that a pipeline has had. */
    static String route(String set, Node node) {
        return "direct:" + part(set) + "/" + part(node.name());
    }

    /** The executor of wire taps: the thread that comes by, for what they lead to keeps nobody waiting. */
    public static final String TAPS = "llmnetTaps";

    /** One alert of a pipeline. */
    static String alert(String pipeline, Node alert) {
        return "alert:" + part(pipeline) + "/" + part(alert.name());
    }

    /** The server that an alert tells, without what may be a secret; null where it tells none. */
    public static @Nullable String socket(String pipeline, Node node) {
        if (node.alert() == null || node.alert().url() == null) {
            return null;
        }
        URI url = URI.create(node.alert().url());
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "vertx-websocket:" + url.getScheme() + "://" + url.getHost() + port + "?alert=" + part(pipeline) + "/"
                + part(node.name());
    }

    /** What calls one of a node's hooks: {@code pre.0}, {@code post.1}. */
    static String hook(String pipeline, Hook hook, String moment, int index) {
        return "function:" + part(pipeline) + "/" + part(hook.function()) + "?hook=" + moment + "." + index;
    }

    /** What asks a node's model, or its models; these go by how they decide. */
    static String ask(String pipeline, Node node, boolean last) {
        String asked = node.council() == null
                ? String.valueOf(node.model())
                : node.council().strategy().word();
        return "llm:" + part(pipeline) + "/" + part(asked) + "?node=" + part(node.name()) + "&last=" + last;
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
