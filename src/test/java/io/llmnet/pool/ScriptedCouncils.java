package io.llmnet.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Councils;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Resolution;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Councils that do as a test says. */
public final class ScriptedCouncils implements Councils {
    /** One question to them. */
    public record Asked(Council council, Call call, Acceptance acceptance, CompletableFuture<Resolution> answer) {
        public String body() {
            return new String(call.body(), UTF_8);
        }

        /** The first seat wins, and the others are not waited for. */
        public void answer(String text) {
            List<Vote.End> ends = new ArrayList<>();
            council.seats().forEach(seat -> ends.add(ends.isEmpty() ? Vote.End.ANSWERED : Vote.End.DISMISSED));
            answer(text, 0, Double.NaN, ends, Map.of());
        }

        /** As given, in the order of the seats. */
        public void answer(
                String text, int winner, double agreement, List<Vote.End> ends, Map<String, String> headers) {
            List<Vote> votes = new ArrayList<>();
            for (int i = 0; i < ends.size(); i++) {
                votes.add(new Vote(council.seats().get(i).name(), ends.get(i), i == winner ? 1 : 0.25, 1000, null));
            }
            answer(text, new Decision(council.strategy(), winner, agreement, votes, "as scripted"), headers);
        }

        /** So decided. */
        public void answer(String text, Decision decision, Map<String, String> headers) {
            call.tab().add(Usage.of(10, 5));
            byte[] body = Spoken.completion("id", 0, "any", text);
            Answer told = new Answer(200, "application/json", ByteStream.of(body), List.of(), Usage.NONE, headers);
            answer.complete(new Resolution(told, decision));
        }

        public void fail(Fault fault, String message) {
            answer.completeExceptionally(new ChatException(fault, message));
        }

        /** Fails when it is cancelled, as backends do. */
        public void hang() {
            call.cancel().onCancel(() -> fail(Fault.CANCELLED, "cancelled"));
        }
    }

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public volatile Consumer<Asked> script = question -> question.answer("yes");

    @Override
    public CompletionStage<Resolution> ask(Council council, Call call, Acceptance acceptance) {
        Asked question = new Asked(council, call, acceptance, new CompletableFuture<>());
        asked.add(question);
        script.accept(question);
        return question.answer();
    }

    public Asked last() {
        return asked.get(asked.size() - 1);
    }
}
