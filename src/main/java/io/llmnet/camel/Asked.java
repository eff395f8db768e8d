package io.llmnet.camel;

import io.llmnet.chat.Call;
import io.llmnet.pipeline.Variables;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's request says, as variables: {@code HEADER.name}, {@code BODY.path}, and those that the pipeline takes
 * from headers; and what hooks have set meanwhile, which comes first.
 *
 * @param headers the header's name by the variable's; the one without {@code x-} in front will do as well
 */
record Asked(Call call, Prompt prompt, Map<String, String> headers, Map<String, String> set) implements Variables {
    private static final String HEADER = "HEADER.";
    private static final String BODY = "BODY.";
    private static final String EXTENSION = "x-";

    @Override
    public @Nullable String valueOf(String name) {
        if (name.startsWith(HEADER)) {
            return call.header().apply(name.substring(HEADER.length()));
        }
        if (name.startsWith(BODY)) {
            return prompt.field(name.substring(BODY.length()));
        }
        String own = set.get(name);
        if (own != null) {
            return own;
        }
        String header = headers.get(name);
        if (header == null) {
            return null;
        }
        String value = call.header().apply(header);
        return value == null ? call.header().apply(header.substring(EXTENSION.length())) : value;
    }
}
