package io.llmnet.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmnet.camel.watch.Ended;
import io.llmnet.camel.watch.WatchedAsk;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The span of one question to a model. */
final class SpannedAsk implements WatchedAsk {
    private static final int LONGEST_REQUEST_BYTES = 1024 * 1024;
    private static final int HEAD_BYTES = 4096;
    private static final Set<String> SAMPLING =
            Set.of("temperature", "top_p", "max_tokens", "max_completion_tokens", "seed");

    private final Span span;
    private final @Nullable Hearing hearing;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /**
     * A question whose span has begun.
     *
     * @param hearing null where what is said is not told
     */
    SpannedAsk(Span span, @Nullable Hearing hearing) {
        this.span = span;
        this.hearing = hearing;
    }

    @Override
    public @Nullable String traceparent() {
        AtomicReference<@Nullable String> header = new AtomicReference<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), header, (carrier, key, value) -> {
            if (carrier != null && key.equals("traceparent")) {
                carrier.set(value);
            }
        });
        return header.get();
    }

    @Override
    public boolean listens() {
        return span.isRecording();
    }

    @Override
    public void sent(byte[] request) {
        if (hearing != null) {
            hearing.sent(request);
        }
        if (request.length > LONGEST_REQUEST_BYTES) {
            return;
        }
        Map<String, String> sampling = Glimpse.of(request, SAMPLING);
        try {
            tell(sampling);
        } catch (NumberFormatException notOne) {
            // The model server will say what is wrong with it.
        }
    }

    private void tell(Map<String, String> sampling) {
        if (sampling.containsKey("temperature")) {
            span.setAttribute(Conventions.TEMPERATURE, Double.valueOf(sampling.get("temperature")));
        }
        if (sampling.containsKey("top_p")) {
            span.setAttribute(Conventions.TOP_P, Double.valueOf(sampling.get("top_p")));
        }
        String most = sampling.getOrDefault("max_completion_tokens", sampling.get("max_tokens"));
        if (most != null) {
            span.setAttribute(Conventions.MAX_TOKENS, Long.valueOf(most));
        }
        if (sampling.containsKey("seed")) {
            span.setAttribute(Conventions.SEED, Long.valueOf(sampling.get("seed")));
        }
    }

    @Override
    public void heard(byte[] piece) {
        int room = HEAD_BYTES - head.size();
        if (room > 0) {
            head.write(piece, 0, Math.min(room, piece.length));
        }
        if (hearing != null) {
            hearing.heard(piece);
        }
    }

    @Override
    public void ended(Ended end) {
        Map<String, String> told = Glimpse.of(head.toByteArray(), Set.of("id", "model"));
        if (told.containsKey("id")) {
            span.setAttribute(Conventions.RESPONSE_ID, told.get("id"));
        }
        if (told.containsKey("model")) {
            span.setAttribute(Conventions.RESPONSE_MODEL, told.get("model"));
        }
        if (hearing != null) {
            span.setAttribute(Conventions.INPUT_MESSAGES, message("user", hearing.input()));
            span.setAttribute(Conventions.OUTPUT_MESSAGES, message("assistant", hearing.output()));
        }
        SpannedRun.tell(span, end);
        if (end.outcome() == Ended.Outcome.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static String message(String role, String text) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        messages.addObject()
                .put("role", role)
                .putArray("parts")
                .addObject()
                .put("type", "text")
                .put("content", text);
        return messages.toString();
    }
}
