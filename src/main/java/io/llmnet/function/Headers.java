package io.llmnet.function;

import io.llmnet.pipeline.Template;
import io.llmnet.pipeline.Variables;
import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Fills the texts that go before a body, so that no value can break out of its place. */
final class Headers {
    private Headers() {}

    /** The headers; line breaks and the like in them become spaces. */
    static MultiMap filled(Map<String, Template> headers, Variables variables) {
        MultiMap filled = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> filled.set(
                name, value.fill(variables).replaceAll("\\p{Cntrl}+", " ").strip()));
        return filled;
    }

    /** An address, in which values are percent-encoded. */
    static String url(Template url, Variables variables) {
        return url.fill(name -> {
            String value = variables.valueOf(name);
            return value == null
                    ? null
                    : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        });
    }
}
