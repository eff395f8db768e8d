package io.llmnet.camel.hook;

import io.llmnet.function.Functions;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code function:pipeline/function?hook=post.0}: calls a function for the first of the post hooks of the node where a run
 * is, if the hook's condition holds. {@code function:any?hook=pre} calls all pre hooks there, in their order.
 */
public final class HookComponent extends DefaultComponent {
    private final HookCalls calls;

    public HookComponent(Functions functions) {
        this.calls = new HookCalls(functions);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String hook = getAndRemoveParameter(parameters, "hook", String.class);
        if (hook == null || !hook.matches("(pre|post)(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException(
                    "function: needs hook=pre or hook=post.0, for it runs in pipelines only");
        }
        int dot = hook.indexOf('.');
        Moment moment = Moment.valueOf((dot < 0 ? hook : hook.substring(0, dot)).toUpperCase(Locale.ROOT));
        return new HookEndpoint(uri, this, calls, moment, dot < 0 ? -1 : Integer.parseInt(hook.substring(dot + 1)));
    }
}
