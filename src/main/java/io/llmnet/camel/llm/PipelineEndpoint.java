package io.llmnet.camel.llm;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One pipeline, asked by a route of the user's own. */
final class PipelineEndpoint extends DefaultEndpoint {
    private final LlmComponent models;
    private final String name;
    private final Sampling sampling;

    PipelineEndpoint(String uri, PipelineComponent component, LlmComponent models, String name, Sampling sampling) {
        super(uri, component);
        this.models = models;
        this.name = name;
        this.sampling = sampling;
    }

    @Override
    public Producer createProducer() {
        return new PipelineProducer(this, models, name, sampling);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "pipeline: can be asked, not listened to; use it in to(), not in from()");
    }
}
