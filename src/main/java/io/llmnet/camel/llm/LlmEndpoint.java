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
    private final @Nullable Integer seat;
    private final boolean last;
    private final Sampling sampling;
    private final Patience patience;

    LlmEndpoint(
            String uri,
            LlmComponent component,
            String name,
            @Nullable String node,
            @Nullable Integer seat,
            boolean last,
            Sampling sampling,
            Patience patience) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.node = node;
        this.seat = seat;
        this.last = last;
        this.sampling = sampling;
        this.patience = patience;
    }

    @Override
    public Producer createProducer() {
        if (seat != null) {
            return new SeatProducer(this, seat);
        }
        if (node != null) {
            return new NodeProducer(this, new NodeAsk(component.dispatch(), patience, component.assembly()), last);
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
