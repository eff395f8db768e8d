package io.llmnet.gateway;

import io.llmnet.backend.Ask;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.dispatch.Attempts;
import io.llmnet.dispatch.Errand;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Prefill;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Price;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call on its way through the gateway: what is tried for it, who answers, and how it ends, which is told once. */
final class Request implements Attempts {
    private final Gateway gateway;
    private final Call call;
    private final Plan plan;
    private final Errand errand;
    private final long startMillis;
    private final long startNanos;
    private final Set<String> broken = new HashSet<>(0);
    private int attempts;
    private int hedges;
    private long firstNanos;
    /** Events of a stream that tells no usage: what it costs is reckoned by them, one token each. */
    private long events;

    private boolean countsEvents;

    private @Nullable Candidate answering;
    private boolean isTold;

    Request(Gateway gateway, Call call, Plan plan, Errand.Priority priority, long startMillis, long startNanos) {
        this.gateway = gateway;
        this.call = call;
        this.plan = plan;
        this.startMillis = startMillis;
        this.startNanos = startNanos;
        this.errand = new Errand(call.home(), call.deadline(), call.cancel(), call.stream(), priority, this);
    }

    CompletionStage<Answer> answer() {
        return gateway.dispatch()
                .ask(plan, this::ask, errand)
                .thenApply(this::told)
                .whenComplete(this::failed);
    }

    /** The caller's request in every byte, but for the model's name. */
    private Ask ask(Candidate candidate) {
        byte[] body = candidate.model().equals(call.model())
                ? call.body()
                : Head.withModel(call.body(), call.modelAt(), candidate.model());
        return asking(body);
    }

    private Ask asking(byte[] body) {
        return new Ask(
                call.id(),
                call.dialect(),
                call.stream(),
                call.includeUsage(),
                body,
                call.deadline(),
                call.cancel(),
                call.tab(),
                call.home(),
                call.hops() + 1,
                call.header().apply("traceparent"));
    }

    private Answer told(Answer answer) {
        Candidate by = answering;
        if (by == null) {
            // Everybody's refusal is passed on in the words of the last.
            over(answer.status(), Integer.toString(answer.status()), "nobody answered well");
            return answer;
        }
        if (answer.isOk()) {
            firstNanos = gateway.nanoTime() - startNanos;
            Sight sight = Sight.of(offer(by), call.demand());
            if (sight != null) {
                gateway.saw(sight);
            }
        }
        Answer known = answer.telling(Headers.of(by, offer(by), this, gateway.budget()));
        if (answer.isEventStream()) {
            countsEvents = offer(by).card().price() != null;
            return known.withBody(new Telling(this, answer.body(), mayGoOn(by) ? new SoFar() : null));
        }
        over(answer.status(), answer.isOk() ? null : Integer.toString(answer.status()), null);
        return known;
    }

    private void failed(@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            Fault fault = cause instanceof ChatException chat ? chat.fault() : Fault.INTERNAL;
            over(fault.status(), fault.code(), cause.getMessage());
        }
    }

    /** The next bytes of the stream have come. */
    void heard(byte[] chunk) {
        if (countsEvents) {
            for (int i = 1; i < chunk.length; i++) {
                if (chunk[i] == '\n' && chunk[i - 1] == '\n') {
                    events++;
                }
            }
        }
    }

    void streamOver(@Nullable ChatException why) {
        if (why == null) {
            over(200, null, null);
        } else {
            over(why.fault().status(), why.fault().code(), why.text());
        }
    }

    private boolean mayGoOn(Candidate by) {
        return gateway.continues()
                && call.dialect() == Call.Dialect.CHAT
                && !call.demand().json() // a grammar begins anew
                && plan.candidates().stream().anyMatch(other -> canGoOn(other, by));
    }

    private boolean canGoOn(Candidate other, Candidate by) {
        return !other.backend().name().equals(by.backend().name())
                && Objects.equals(other.fallbackFor(), by.fallbackFor())
                && gateway.continuing(other) != Continuing.NONE;
    }

    /** Has another backend go on where the one that answered has broken off. */
    CompletionStage<ByteStream> goOn(SoFar soFar) {
        Candidate by = Objects.requireNonNull(answering);
        broken.add(by.backend().name());
        List<Candidate> others = new ArrayList<>();
        for (Candidate other : plan.candidates()) {
            if (canGoOn(other, by) && !broken.contains(other.backend().name())) {
                others.add(other);
            }
        }
        if (others.isEmpty()) {
            return CompletableFuture.failedFuture(new ChatException(Fault.STREAM_BROKEN, "nobody can go on"));
        }
        String said = soFar.text();
        return gateway.dispatch()
                .ask(new Plan(others, plan.model(), List.of()), other -> goingOn(other, said), errand)
                .thenApply(answer -> {
                    if (!answer.isOk() || !answer.isEventStream()) {
                        throw new ChatException(Fault.STREAM_BROKEN, "nobody could go on");
                    }
                    gateway.continued();
                    return answer.body().through(new Splice(soFar.beginning(), said));
                });
    }

    private Ask goingOn(Candidate other, String said) {
        byte[] body = Head.withModel(call.body(), call.modelAt(), other.model());
        return asking(Prefill.of(body, said, gateway.continuing(other) == Continuing.FLAGGED));
    }

    private void over(int status, @Nullable String error, @Nullable String message) {
        if (isTold) {
            return;
        }
        isTold = true;
        Candidate by = answering;
        Offer offer = by == null ? null : offer(by);
        Usage usage = call.tab().total();
        Price price = offer == null ? null : offer.card().price();
        Usage paid = usage.isNone() && events > 0 ? Usage.of(call.demand().promptTokens(), events) : usage;
        gateway.tell(new Outcome(
                call.id(),
                call.dialect(),
                call.stream(),
                String.valueOf(call.model()),
                by == null ? plan.model() : by.model(),
                by == null ? null : by.backend().name(),
                offer == null ? null : offer.member().said().kind(),
                offer == null ? null : offer.member().said().zone(),
                status,
                error,
                message,
                startMillis,
                gateway.nanoTime() - startNanos,
                firstNanos,
                usage,
                price == null ? 0 : price.of(paid.promptTokens(), paid.completionTokens()),
                attempts,
                hedges,
                by == null ? plan.first().reason() : by.reason(),
                by == null ? null : by.fallbackFor()));
    }

    @Override
    public void sent(Candidate candidate, boolean hedge) {
        attempts++;
        if (hedge) {
            hedges++;
        }
    }

    @Override
    public void ended(Candidate candidate, End end, long nanos, @Nullable String why) {
        if (end == End.ANSWERED || (end == End.WRONG && answering == null)) {
            answering = candidate;
        }
        gateway.attempted(candidate, end, nanos, why);
    }

    @Override
    public void broke(Candidate candidate, String why) {
        gateway.attempted(candidate, End.FAILED, 0, why);
    }

    int attempts() {
        return attempts;
    }

    /** Why this one, in the four words that Nexus has. */
    String whyNexus(Candidate by) {
        if (attempts > 1 || by.fallbackFor() != null) {
            return "failover";
        }
        if (!by.equals(plan.first())) {
            return "capacity-overflow";
        }
        boolean isPrivate = plan.exclusions().stream().anyMatch(one -> one.gate() == Exclusion.Gate.PRIVACY);
        return isPrivate && offer(by).member().said().zone() == Zone.RESTRICTED
                ? "privacy-requirement"
                : "capability-match";
    }

    /** What it is going to cost, as far as can be told before it is done. */
    double estimate(Price price) {
        Usage used = call.tab().total();
        if (!used.isNone()) {
            return price.of(used.promptTokens(), used.completionTokens());
        }
        int prompt = call.demand().promptTokens();
        int completion = call.demand().maxTokens() > 0 ? call.demand().maxTokens() : prompt / 2;
        return price.of(prompt, completion);
    }

    private static Offer offer(Candidate candidate) {
        return Objects.requireNonNull(candidate.offer());
    }
}
