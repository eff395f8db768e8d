package io.llmnet.pool;

import io.llmnet.cache.Lasting;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Councils;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One order and its council, if it comes to that: what is kept may answer it. Lives on the call's home. */
final class Sitting {
    private static final String MODEL = "x-llmnet-model";
    private static final String SEAT = "x-llmnet-seat";
    private static final String AGREEMENT = "x-llmnet-agreement-score";

    /** This part of the usual time may have gone by before a query was here: a tenth. */
    private static final int ON_ITS_WAY = 10;

    private final Order order;
    private final PoolSettings settings;
    private final Breakers breakers;
    private final LongSupplier nanos;
    private Council asked;
    private @Nullable Decision decision;
    private Usage used = Usage.NONE;
    private boolean isConvened;

    Sitting(Order order, PoolSettings settings, Breakers breakers, LongSupplier nanos) {
        this.order = order;
        this.settings = settings;
        this.breakers = breakers;
        this.nanos = nanos;
        this.asked = order.council();
    }

    /** What was decided; null where nobody was asked. */
    @Nullable
    Decision decision() {
        return decision;
    }

    /** Whether it has come to asking the council. */
    boolean isConvened() {
        return isConvened;
    }

    /** Has the council answer, without those who are left alone, and learns how its members do. */
    CompletionStage<Answer> convene(Councils councils, Call call) {
        isConvened = true;
        asked = breakers.willing(order.council());
        return councils.ask(asked, call, order.contract().acceptance())
                .whenComplete((resolution, failure) -> {
                    if (resolution == null) {
                        breakers.learn(asked, failed(Failures.fault(failure), call), settings.breaker());
                    } else {
                        decided(resolution, call);
                    }
                })
                .thenApply(resolution ->
                        isWhole(resolution.decision()) ? resolution.answer() : Lasting.not(resolution.answer()));
    }

    /** Whether all decided it who were to, as they were to. The first to answer needs nobody else. */
    private boolean isWhole(Decision made) {
        Council wished = order.council();
        return made.isWhole(wished.strategy()) && (wished.strategy() == Strategy.FASTEST || asked.equals(wished));
    }

    private void decided(Resolution resolution, Call call) {
        breakers.learn(asked, resolution.decision(), isPatient(), settings.breaker());
        decision = resolution.decision();
        used = call.tab().total();
    }

    /** Whether the members have the usual time, as the task has it; but for what a message takes on its way. */
    private boolean isPatient() {
        Duration usual = order.usual(settings.bounds());
        return order.time().compareTo(usual.minus(usual.dividedBy(ON_ITS_WAY))) >= 0;
    }

    /**
     * Those of whom it is certain that they failed. Who is asked for an answer in less than the usual time, and is too slow
     * for that, has not: else a client could have any member left alone. Where members are asked one after another, nobody
     * knows how many were; but the first was.
     */
    private List<Seat> failed(Fault fault, Call call) {
        boolean isLate = fault == Fault.TIMED_OUT
                || (fault == Fault.CANCELLED && call.deadline().isOver(nanos.getAsLong()));
        if (!isLate) {
            return fault == Fault.NO_BACKEND ? asked.seats() : List.of();
        }
        if (!isPatient()) {
            return List.of();
        }
        boolean isOneByOne = asked.strategy() == Strategy.FASTEST || asked.strategy() == Strategy.CASCADE;
        return isOneByOne ? asked.seats().subList(0, 1) : asked.seats();
    }

    /**
     * What the client is told of an answer.
     *
     * @throws ChatException where it is a refusal, or no answer
     */
    Inference inference(Answer answer, byte[] body) {
        if (!answer.isOk()) {
            throw new ChatException(
                    answer.status() / 100 == 4 ? Fault.BAD_REQUEST : Fault.BACKEND_FAILED,
                    "Provider error: " + ErrorBody.message(body, "the model"));
        }
        Completion completion = Completion.parse(body);
        Decision by = decision;
        if (by == null) {
            return kept(answer, completion);
        }
        List<Vote> heard = by.votes().stream()
                .filter(vote -> vote.end() != Vote.End.UNASKED)
                .toList();
        return new Inference(
                order.id(),
                order.contract().clean().apply(completion.text()),
                answer.headers().getOrDefault(MODEL, model(by)),
                0,
                false,
                by.by().name(),
                heard.stream().map(vote -> model(vote.seat())).toList(),
                heard.stream().map(Vote::score).toList(),
                by.reason(),
                used.isNone() ? completion.usage() : used,
                by.agreement(),
                answer.headers().getOrDefault(SEAT, seat(by)));
    }

    private Inference kept(Answer answer, Completion completion) {
        return new Inference(
                order.id(),
                order.contract().clean().apply(completion.text()),
                answer.headers().getOrDefault(MODEL, ""),
                0,
                true,
                Inference.CACHE,
                List.of(),
                List.of(),
                "",
                completion.usage(),
                number(answer.headers().get(AGREEMENT)),
                answer.headers().getOrDefault(SEAT, ""));
    }

    /** Whose answer it is, or who made it of several; nobody where the judge says that none will do. */
    private String model(Decision by) {
        Terms.Judge judge = asked.terms().judge();
        if (by.winner() >= 0) {
            return asked.seats().get(by.winner()).model();
        }
        return by.by() == Strategy.MERGE && judge != null ? judge.seat().model() : "";
    }

    private String seat(Decision by) {
        return by.winner() >= 0 ? asked.seats().get(by.winner()).name() : "";
    }

    private String model(String seat) {
        return asked.seats().stream()
                .filter(one -> one.name().equals(seat))
                .map(Seat::model)
                .findFirst()
                .orElse(seat);
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
