package io.llmnet.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.watch.Asks;
import io.llmnet.camel.watch.Ended;
import io.llmnet.camel.watch.WatchedAsk;
import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Node;
import java.util.List;
import java.util.function.UnaryOperator;

/** One run as its followers are told of it. */
final class FollowedRun implements WatchedRun {
    private static final double NANOS_A_MILLI = 1e6;

    private final List<Follower> followers;
    private final boolean tellsText;
    private final UnaryOperator<String> redaction;
    private final String request;
    private final String pipeline;

    private FollowedRun(
            List<Follower> followers,
            boolean tellsText,
            UnaryOperator<String> redaction,
            String request,
            String pipeline) {
        this.followers = followers;
        this.tellsText = tellsText && followers.stream().anyMatch(Follower::wantsText);
        this.redaction = redaction;
        this.request = request;
        this.pipeline = pipeline;
    }

    static FollowedRun begin(
            List<Follower> followers, boolean tellsText, UnaryOperator<String> redaction, Call call, String pipeline) {
        FollowedRun run = new FollowedRun(followers, tellsText, redaction, call.id(), pipeline);
        run.tell(run.event("begin").put("stream", call.stream()));
        return run;
    }

    @Override
    public WatchedAsk asks(Asks asks) {
        return new FollowedAsk(asks);
    }

    @Override
    public void chose(Node at, Node chosen, String how) {
        tell(event("choice").put("node", at.name()).put("chosen", chosen.name()).put("how", how));
    }

    @Override
    public void ended(Ended end) {
        tell(ended(event("end"), end));
    }

    private ObjectNode event(String phase) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", System.currentTimeMillis())
                .put("request", request)
                .put("pipeline", pipeline)
                .put("phase", phase);
    }

    private static ObjectNode ended(ObjectNode event, Ended end) {
        event.put("ms", Math.round(end.nanos() / NANOS_A_MILLI * 10) / 10.0);
        event.put("outcome", end.outcome().word());
        event.put("status", end.status());
        if (end.code() != null) {
            event.put("code", end.code());
        }
        if (!end.usage().isNone()) {
            event.put("prompt_tokens", end.usage().promptTokens());
            event.put("completion_tokens", end.usage().completionTokens());
        }
        return event;
    }

    private void tell(ObjectNode event) {
        followers.forEach(follower -> follower.tell(event));
    }

    /** Tells the same with words to those who want them. */
    private void tell(ObjectNode event, String member, String text) {
        ObjectNode withText = text.isEmpty() ? event : event.deepCopy().put(member, text);
        followers.forEach(follower -> follower.tell(follower.wantsText() ? withText : event));
    }

    private final class FollowedAsk implements WatchedAsk {
        private final Asks asks;
        private final Hearing hearing = new Hearing(redaction);
        private boolean told;

        FollowedAsk(Asks asks) {
            this.asks = asks;
            if (!tellsText) {
                tell(asking());
            }
        }

        @Override
        public boolean listens() {
            return tellsText;
        }

        @Override
        public void sent(byte[] request) {
            hearing.sent(request);
            if (!told) {
                told = true;
                tell(asking(), "input", hearing.input());
            }
        }

        @Override
        public void heard(byte[] piece) {
            hearing.heard(piece);
        }

        @Override
        public void ended(Ended end) {
            tell(FollowedRun.ended(about("answer"), end), "output", hearing.output());
        }

        private ObjectNode asking() {
            return about("ask").put("purpose", asks.purpose().words());
        }

        private ObjectNode about(String phase) {
            return event(phase)
                    .put("node", asks.node().name())
                    .put("model", asks.candidate().model())
                    .put("hop", asks.hop());
        }
    }
}
