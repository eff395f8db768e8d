package io.llmnet.camel.llm;

import io.llmnet.camel.Deployment;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.Gateway;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * {@code llm:pipeline/model}: asks a language model, without holding a thread. {@code llm:model} asks the best of the
 * gateway's backends for it, and {@code llm:*} for whatever model the call in the body names.
 *
 * <p>In a pipeline's own routes the exchange carries the run of a request, and {@code node} names the node that asks. In
 * anybody's route the body is a prompt (text), and becomes the model's answer (text).
 *
 * <table>
 * <caption>Endpoint options</caption>
 * <tr><th>option</th><th>meaning</th></tr>
 * <tr><td>{@code node}</td><td>the node of the pipeline that asks</td></tr>
 * <tr><td>{@code last}</td><td>whether what the node says is the caller's answer; false</td></tr>
 * <tr><td>{@code seat}</td><td>the place in a council, from 0; for the routes of ensembles</td></tr>
 * <tr><td>{@code system}</td><td>a system prompt for a plain prompt</td></tr>
 * <tr><td>{@code temperature}, {@code maxTokens}</td><td>sampling of a plain prompt; absent: the server's own</td></tr>
 * <tr><td>{@code timeout}</td><td>of the whole answer to a plain prompt; {@code 5m}</td></tr>
 * <tr><td>{@code connectTimeout}, {@code firstByteTimeout}, {@code idleTimeout}</td>
 * <td>of the connection, of a stream's first byte, between two chunks; absent: those of the model in its pipeline</td></tr>
 * </table>
 */
public final class LlmComponent extends DefaultComponent {
    private final Dispatch dispatch;
    private final Gateway gateway;
    private final Assembly assembly;
    private final Function<String, @Nullable Deployment> pipelines;
    private final Supplier<Executor> homes;

    /**
     * The component over what it asks and what it can name.
     *
     * @param gateway who answers for models that no pipeline has
     * @param assembly has the councils of nodes answer
     * @param pipelines finds a pipeline by its name, null when there is none
     * @param homes makes a thread to be called back on, for exchanges that come from none of ours
     */
    public LlmComponent(
            Dispatch dispatch,
            Gateway gateway,
            Assembly assembly,
            Function<String, @Nullable Deployment> pipelines,
            Supplier<Executor> homes) {
        this.homes = homes;
        this.gateway = gateway;
        this.assembly = assembly;
        this.dispatch = dispatch;
        this.pipelines = pipelines;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String node = getAndRemoveParameter(parameters, "node", String.class);
        boolean last = getAndRemoveParameter(parameters, "last", Boolean.class, false);
        Integer seat = getAndRemoveParameter(parameters, "seat", Integer.class);
        Sampling sampling = new Sampling(
                getAndRemoveParameter(parameters, "system", String.class),
                getAndRemoveParameter(parameters, "temperature", Double.class),
                getAndRemoveParameter(parameters, "maxTokens", Integer.class),
                getAndRemoveParameter(parameters, "timeout", Duration.class, Duration.ofMinutes(5)));
        Patience patience = new Patience(
                getAndRemoveParameter(parameters, "connectTimeout", Duration.class),
                getAndRemoveParameter(parameters, "firstByteTimeout", Duration.class),
                getAndRemoveParameter(parameters, "idleTimeout", Duration.class));
        return new LlmEndpoint(uri, this, remaining, node, seat, last, sampling, patience);
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Gateway gateway() {
        return gateway;
    }

    Assembly assembly() {
        return assembly;
    }

    Supplier<Executor> homes() {
        return homes;
    }

    /** The pipeline of that name; null when there is none. */
    @Nullable
    Deployment pipelineNamed(String name) {
        return pipelines.apply(name);
    }

    /** The pipeline of that name; fails when there is none. */
    Deployment pipeline(String name) {
        Deployment found = pipelines.apply(name);
        if (found == null) {
            throw new ChatException(
                    Fault.MODEL_NOT_FOUND, "there is no pipeline " + name + "; add its file, or name another");
        }
        return found;
    }
}
