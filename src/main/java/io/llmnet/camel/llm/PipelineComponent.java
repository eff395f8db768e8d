package io.llmnet.camel.llm;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code pipeline:name}: asks a pipeline, without holding a thread. The body is a prompt (text), and becomes the answer
 * (text); the header {@code LLMNetTrace} tells the nodes passed.
 *
 * <p>Options: {@code system}, {@code temperature} and {@code maxTokens} of the request, and {@code timeout} of the whole
 * answer, {@code 5m}.
 */
public final class PipelineComponent extends DefaultComponent {
    private final LlmComponent models;

    /** Of the same pipelines as {@code llm:}. */
    public PipelineComponent(LlmComponent models) {
        this.models = models;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Sampling sampling = new Sampling(
                getAndRemoveParameter(parameters, "system", String.class),
                getAndRemoveParameter(parameters, "temperature", Double.class),
                getAndRemoveParameter(parameters, "maxTokens", Integer.class),
                getAndRemoveParameter(parameters, "timeout", Duration.class, Duration.ofMinutes(5)));
        return new PipelineEndpoint(uri, this, models, remaining, sampling);
    }
}
