package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Alert;
import io.llmnet.pipeline.Template;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads whom a {@code ws} node tells, and what. */
final class AlertForm {
    private static final String FORM = "; write it like ws://127.0.0.1:9000/alerts";

    private AlertForm() {}

    /**
     * The alert of a node.
     *
     * @param texts compiles what is to be said
     */
    static Alert read(Section section, Texts texts) {
        String url = section.expanded("url");
        if (url != null) {
            String complaint = complaint(url.strip());
            if (complaint != null) {
                section.error("url", complaint);
            }
        }
        boolean inbound = Boolean.TRUE.equals(section.truth("inbound"));
        if (!section.has("url") && !inbound) {
            section.problems()
                    .error(
                            section.place(),
                            section.path(),
                            "tells nobody; add \"url\": \"ws://...\" of a server, or \"inbound\": true for clients");
        }
        return new Alert(url == null ? null : url.strip(), inbound, body(section, texts));
    }

    /** What is wrong, without a piece of the text, for that may be a secret of the environment; null if right. */
    private static @Nullable String complaint(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException wrong) {
            return "is not an address" + FORM;
        }
        if (!"ws".equalsIgnoreCase(uri.getScheme()) && !"wss".equalsIgnoreCase(uri.getScheme())) {
            return "must begin with ws:// or wss://" + FORM;
        }
        if (uri.getHost() == null) {
            return "has no host, or one with letters that hosts cannot have" + FORM;
        }
        return uri.getPort() == 0 || uri.getPort() > 65_535
                ? "has a port that is not from 1 to 65535; correct it"
                : null;
    }

    private static @Nullable Template body(Section section, Texts texts) {
        Value body = section.find("body");
        if (body == null) {
            return null;
        }
        if (body instanceof Value.Text text) {
            return texts.text(text.text());
        }
        if (body instanceof Value.Mapping || body instanceof Value.Sequence) {
            return texts.json(body);
        }
        section.error("body", "must be text, a map or a list, not " + body.kind());
        return null;
    }
}
