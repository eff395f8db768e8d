package io.llmnet.camel.ensemble;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Deliberation;
import io.llmnet.ensemble.Move;
import io.llmnet.ensemble.Resolution;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Continued;
import io.llmnet.protocol.openai.Spoken;
import io.llmnet.protocol.openai.Tally;
import io.llmnet.protocol.openai.Usages;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the answer of a sitting, of how its members' part has ended: has a judge asked, where one is to decide. */
final class Resolver implements Move.Step.Cases<CompletionStage<Resolution>> {
    private final Sitting sitting;
    private final Deliberation deliberation;
    private final Bench bench;
    private @Nullable Answer merged;

    Resolver(Sitting sitting, Deliberation deliberation) {
        this.sitting = sitting;
        this.deliberation = deliberation;
        this.bench = new Bench(sitting);
    }

    @Override
    public CompletionStage<Resolution> consult(Move.Step.Consult step) {
        return bench.ruling(step.seats(), texts(step.seats()))
                .handle((ruling, failure) -> ruling == null ? failed(failure) : deliberation.ruled(ruling))
                .thenCompose(this::next);
    }

    @Override
    public CompletionStage<Resolution> merge(Move.Step.Merge step) {
        return bench.merged(texts(step.seats()))
                .handle((answer, failure) -> {
                    merged = answer;
                    return answer == null ? failed(failure) : deliberation.merged();
                })
                .thenCompose(this::next);
    }

    private Move failed(@Nullable Throwable failure) {
        return deliberation.judgeFailed(Member.reason(failure));
    }

    private CompletionStage<Resolution> next(Move move) {
        return Objects.requireNonNull(move.step(), "after the judge all is decided")
                .match(this);
    }

    private List<String> texts(List<Integer> seats) {
        return seats.stream()
                .map(seat -> Objects.requireNonNull(sitting.member(seat).said()).shown())
                .toList();
    }

    @Override
    public CompletionStage<Resolution> settled(Move.Step.Settled step) {
        Decision decision = step.decision();
        Answer answer;
        Usage own;
        if (decision.winner() < 0) {
            answer = Objects.requireNonNull(merged);
            own = bench.bill().total();
        } else {
            Member winner = sitting.member(decision.winner());
            answer = won(winner);
            own = winner.bill().total();
        }
        sitting.decided(decision);
        return CompletableFuture.completedFuture(
                new Resolution(Headers.onto(billed(answer, own), sitting, decision), decision));
    }

    private Answer won(Member winner) {
        Answer head = Objects.requireNonNull(winner.head(), "a winner without an answer");
        Said said = winner.said();
        if (said == null) {
            return head;
        }
        return head.withBody(
                ByteStream.of(winner.tellsTooMuch() ? Continued.withoutLogprobs(said.json()) : said.json()));
    }

    /**
     * With the usage of all members in it. Onto that of a stream comes what the others have used.
     *
     * @param own what its maker has used so far: a stream tells that itself
     */
    private Answer billed(Answer answer, Usage own) {
        if (answer.isEventStream()) {
            Usage before = sitting.tab().total().minus(own);
            return before.isNone() ? answer : answer.withBody(answer.body().through(Usages.addToStream(before)));
        }
        byte[] body = answer.body().whole().toCompletableFuture().join();
        Usage all = sitting.tab().total();
        boolean isTold = all.isNone() || all.equals(Tally.of(body));
        return answer.withBody(ByteStream.of(isTold ? body : Spoken.withUsage(body, all)));
    }

    /** A request that all refuse in the same way is wrong, and they say best why. */
    @Override
    public CompletionStage<Resolution> failed(Move.Step.Failed step) {
        if (step.why().fault() != Fault.CANCELLED) {
            sitting.lost(step.votes());
        }
        Answer refusal = commonRefusal();
        if (refusal != null) {
            Decision none = new Decision(
                    sitting.council().strategy(), -1, Double.NaN, step.votes(), "all members refuse the request");
            return CompletableFuture.completedFuture(new Resolution(refusal, none));
        }
        return CompletableFuture.failedFuture(step.why());
    }

    private @Nullable Answer commonRefusal() {
        Answer first = null;
        for (Member member : sitting.members()) {
            Answer refusal = member.refusal();
            boolean isWrong = refusal != null && refusal.status() / 100 == 4 && refusal.status() != 429;
            if (refusal == null || !isWrong || (first != null && first.status() != refusal.status())) {
                return null;
            }
            first = first == null ? refusal : first;
        }
        return first;
    }
}
