package io.llmnet.telemetry;

import io.llmnet.backend.Backend;
import io.llmnet.camel.watch.Asks;
import io.llmnet.camel.watch.Ended;
import io.llmnet.camel.watch.WatchedAsk;
import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Node;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The span of one request. */
final class SpannedRun implements WatchedRun {
    private static final int SERVERS_FAULT = 500;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Tracer tracer;
    private final Context context;
    private final Span span;
    private final Call call;
    private final String pipeline;
    private final @Nullable UnaryOperator<String> redaction;

    /**
     * A request whose span has begun.
     *
     * @param redaction applied to what is said; null where that is not told
     */
    SpannedRun(
            Tracer tracer,
            Context context,
            Span span,
            Call call,
            String pipeline,
            @Nullable UnaryOperator<String> redaction) {
        this.tracer = tracer;
        this.context = context;
        this.span = span;
        this.call = call;
        this.pipeline = pipeline;
        this.redaction = redaction;
    }

    @Override
    public WatchedAsk asks(Asks asks) {
        boolean isChat = asks.purpose() != Asks.Purpose.ANSWER || call.dialect() == Call.Dialect.CHAT;
        String operation = isChat ? "chat" : "text_completion";
        String model = asks.candidate().model();
        Backend backend = asks.candidate().backend();
        Span question = tracer.spanBuilder(operation + " " + model)
                .setParent(context)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(Conventions.OPERATION, operation)
                .setAttribute(Conventions.PROVIDER, provider(backend))
                .setAttribute(Conventions.REQUEST_MODEL, model)
                .setAttribute(Conventions.SERVER_ADDRESS, backend.url().getHost())
                .setAttribute(Conventions.SERVER_PORT, port(backend.url()))
                .setAttribute(Conventions.PIPELINE, pipeline)
                .setAttribute(Conventions.NODE, asks.node().name())
                .setAttribute(Conventions.PURPOSE, asks.purpose().words())
                .startSpan();
        return new SpannedAsk(question, redaction == null ? null : new Hearing(redaction));
    }

    @Override
    public void chose(Node at, Node chosen, String how) {
        span.addEvent(
                "llmnet.choice",
                Attributes.of(Conventions.NODE, at.name(), Conventions.CHOSEN, chosen.name(), Conventions.HOW, how));
    }

    @Override
    public void ended(Ended end) {
        span.setAttribute(Conventions.STATUS, (long) end.status());
        tell(span, end);
        if (end.status() >= SERVERS_FAULT) {
            // What is the caller's own fault is no error of the server's.
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    static void tell(Span span, Ended end) {
        String error = end.error();
        if (error != null) {
            span.setAttribute(Conventions.ERROR, error);
        }
        if (!end.usage().isNone()) {
            span.setAttribute(Conventions.INPUT_TOKENS, end.usage().promptTokens());
            span.setAttribute(Conventions.OUTPUT_TOKENS, end.usage().completionTokens());
        }
    }

    private static String provider(Backend backend) {
        return switch (backend.speaks()) {
            case OPENAI -> "openai";
            case OLLAMA -> "ollama";
            case ANTHROPIC -> "anthropic";
            case GOOGLE -> "gcp.gemini";
        };
    }

    private static long port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? HTTPS : HTTP;
    }
}
