package io.llmnet.http;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Transform;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.LegacyCompletions;
import io.llmnet.protocol.openai.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** OpenAI's older completions, for what only speaks chat: every prompt becomes a chat, and the answers become one again. */
final class OldCompletions {
    private OldCompletions() {}

    static CompletionStage<Answer> ask(Entry entry, Call call) {
        List<byte[]> chats = LegacyCompletions.toChat(call.body());
        if (call.stream()) {
            return streamed(entry, call, chats);
        }
        List<CompletableFuture<Answer>> answers = chats.stream()
                .map(chat -> entry.ask(asChat(call, chat)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenCompose(all ->
                        together(answers.stream().map(CompletableFuture::join).toList(), call));
    }

    private static Call asChat(Call call, byte[] chat) {
        return call.asChat(chat, Head.read(chat, Call.Dialect.CHAT).modelAt());
    }

    private static CompletionStage<Answer> streamed(Entry entry, Call call, List<byte[]> chats) {
        if (chats.size() > 1) {
            throw ChatException.in(
                    "prompt",
                    Fault.BAD_REQUEST,
                    "several prompts cannot be streamed by a pipeline; send them one by one");
        }
        return entry.ask(asChat(call, chats.get(0))).thenCompose(answer -> {
            if (!answer.isOk()) {
                return CompletableFuture.completedFuture(answer);
            }
            Transform telling = LegacyCompletions.streamFromChat(
                    0, LegacyCompletions.echoes(call.body()).get(0));
            return streamed(answer, call).thenApply(events -> answer.streaming(events.through(telling)));
        });
    }

    /** The answer's events, also where the backend would not stream. */
    private static CompletionStage<ByteStream> streamed(Answer answer, Call call) {
        return answer.isEventStream()
                ? CompletableFuture.completedFuture(answer.body())
                : answer.body().whole().thenApply(json -> ByteStream.of(Spoken.asStream(json, call.includeUsage())));
    }

    private static CompletionStage<Answer> together(List<Answer> answers, Call call) {
        Answer first =
                answers.stream().filter(answer -> !answer.isOk()).findFirst().orElse(answers.get(0));
        if (!first.isOk()) {
            return CompletableFuture.completedFuture(first);
        }
        CompletionStage<List<byte[]>> bodies = CompletableFuture.completedFuture(List.of());
        for (Answer answer : answers) {
            bodies = bodies.thenCombine(answer.body().whole(), (some, body) -> {
                List<byte[]> more = new ArrayList<>(some);
                more.add(body);
                return more;
            });
        }
        return bodies.thenApply(all -> first.withBody(ByteStream.of(LegacyCompletions.fromChat(all, call.body()))));
    }
}
