package io.llmnet.camel.ensemble;

import io.llmnet.chat.Call;
import io.llmnet.chat.Call.Span;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Demand;
import io.llmnet.chat.Tab;
import io.llmnet.protocol.openai.ChatBody;
import io.llmnet.protocol.openai.Head;

/** What the members of a council, and its judge, are asked: the caller's own request, for each with its model in it. */
final class Question {
    /** Where the model's name begins in what a {@link ChatBody} writes; any end will do. */
    private static final Span FIRST = new Span("{\"model\":".length(), Integer.MAX_VALUE);

    private final Call call;
    private final Deadline deadline;
    private final Deadline membersDeadline;
    private final ChatBody body;

    /**
     * Of a caller.
     *
     * @param deadline when the whole must be over
     * @param membersDeadline when nobody waits for members any more
     * @throws io.llmnet.fault.ChatException BAD_REQUEST when its messages are none
     */
    Question(Call call, Deadline deadline, Deadline membersDeadline) {
        this.call = call;
        this.deadline = deadline;
        this.membersDeadline = membersDeadline;
        this.body = ChatBody.parse(call.body());
    }

    /** The request in every byte but the model's name, to be answered as the caller wishes. */
    Call asItCame(String model, Cancel cancel, Tab bill) {
        byte[] words = Head.withModel(call.body(), call.modelAt(), model);
        Span place = Head.placeOf(call.modelAt(), model);
        return call.of(model, words, place, call.stream(), membersDeadline, cancel, bill, call.demand());
    }

    /** The same, to be answered whole. */
    Call whole(String model, Cancel cancel, Tab bill) {
        if (!call.stream()) {
            return asItCame(model, cancel, bill);
        }
        byte[] words = body.forHolding(model, null, null);
        Span place = Head.placeOf(FIRST, model);
        return call.of(model, words, place, false, membersDeadline, cancel, bill, call.demand());
    }

    /** The same in other words, which say more. */
    Call again(Call asked, byte[] words) {
        Head head = Head.read(words, Call.Dialect.CHAT);
        return asked.of(
                String.valueOf(asked.model()),
                words,
                head.modelAt(),
                false,
                asked.deadline(),
                asked.cancel(),
                asked.tab(),
                asked.demand());
    }

    /** Another question, which the judge is asked. */
    Call forJudge(String model, byte[] words, Cancel cancel, Tab bill) {
        Head head = Head.read(words, Call.Dialect.CHAT);
        Demand demand = head.demand();
        return call.of(model, words, head.modelAt(), head.stream(), deadline, cancel, bill, demand);
    }

    /** The caller's request with this said before it, and this in place of what the user said last. */
    byte[] saying(String model, String system, String user) {
        return body.forAnswering(model, system, user);
    }

    /** What was said so far; the user's words alone where that is all. */
    String text() {
        return body.transcript();
    }

    Deadline deadline() {
        return deadline;
    }
}
