package io.llmnet.camel.hook;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One hook of a node, or all of one moment. */
final class HookEndpoint extends DefaultEndpoint {
    private final HookCalls calls;
    private final Moment moment;
    private final int index;

    /**
     * Of one component.
     *
     * @param index the hook's place; negative for all
     */
    HookEndpoint(String uri, HookComponent component, HookCalls calls, Moment moment, int index) {
        super(uri, component);
        this.calls = calls;
        this.moment = moment;
        this.index = index;
    }

    @Override
    public Producer createProducer() {
        return new HookProducer(this, calls, moment, index);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("function: can be called, not listened to; use it in to()");
    }
}
