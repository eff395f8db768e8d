package io.llmnet.camel.llm;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** One model, asked by one node of a pipeline or by a route of the user's own. */
final class LlmEndpoint extends DefaultEndpoint {
    private final LlmComponent component;
    private final String name;
    private final @Nullable String node;
    private final boolean last;
    private final Sampling sampling;
    private final Patience patience;

    LlmEndpoint(
            String uri,
            LlmComponent component,
            String name,
            @Nullable String node,
            boolean last,
            Sampling sampling,
            Patience patience) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.node = node;
        this.last = last;
        this.sampling = sampling;
        this.patience = patience;
    }

    @Override
    public Producer createProducer() {
        if (node != null) {
            return new NodeProducer(this, new NodeAsk(component.dispatch(), patience), last);
        }
        if (name.equals("*")) {
            return new GatewayProducer(this, component.gateway());
        }
        return new PromptProducer(this, component, name, patience, sampling);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("llm: can be asked, not listened to; use it in to(), not in from()");
    }
}
