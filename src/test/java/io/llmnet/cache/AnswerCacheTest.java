package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final String COMPLETION = "{\"choices\":[{\"message\":{\"content\":\"Paris\"}}],\"usage\":{}}";

    private final Scene scene = new Scene();

    @Test
    void whatWasAnsweredIsNotAskedAgain() {
        Asker first = scene.asks(false);
        scene.asked(0).says(COMPLETION);
        scene.time.pass(7_500);

        Asker second = scene.asks(false);

        assertThat(first.given()).isEqualTo("miss");
        assertThat(second.heard()).isEqualTo(COMPLETION);
        assertThat(second.given()).isEqualTo("hit");
        assertThat(second.answer().headers()).containsEntry("age", "7").containsEntry("x-llmnet-backend", "b1");
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void whatIsTrueOfOneAskingOnlyIsNotKept() {
        Asker first = scene.asks(false);
        scene.asked(0).says(COMPLETION);

        Asker second = scene.asks(false);

        assertThat(first.answer().headers()).containsEntry("x-llmnet-attempts", "2");
        assertThat(second.answer().headers()).doesNotContainKey("x-llmnet-attempts");
    }

    @Test
    void whatIsForThoseWhoWaitForItNowIsToldButNotKept() {
        Asker first = scene.asks(false);
        Asker second = scene.asks(false);
        Answer whole = Answer.of(200, "application/json", ByteStream.of(COMPLETION.getBytes(UTF_8)));
        scene.asked(0).says(Lasting.not(whole));

        assertThat(first.heard()).isEqualTo(COMPLETION);
        assertThat(second.heard()).isEqualTo(COMPLETION);
        assertThat(List.of(first, second))
                .allSatisfy(asker -> assertThat(asker.answer().headers()).doesNotContainKey("x-llmnet-keep"));
        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void whatAStandInSaysIsNotKept() {
        scene.asks(false);
        Answer whole = Answer.of(200, "application/json", ByteStream.of(COMPLETION.getBytes(UTF_8)));
        scene.asked(0).says(whole.telling(Map.of("x-nexus-fallback-model", "other")));

        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void anAnswerIsForgottenWhenItsTimeIsOver() {
        scene.asks(false);
        scene.asked(0).says(COMPLETION);

        scene.time.pass(60_001);
        scene.asks(false);

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void anotherKeyIsAnotherAnswer() {
        scene.asks(false);
        scene.asked(0).says(COMPLETION);

        scene.asks(false, new Keeping("other", Duration.ofMinutes(1), true, true, null));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void whatIsNeitherReadNorKeptPassesByWithItsOwnCancel() {
        Asker first = scene.asks(false, Keeping.nothing());
        Asker second = scene.asks(false, Keeping.nothing());
        scene.asked(0).says(COMPLETION);
        scene.asked(1).says(COMPLETION);

        assertThat(first.given()).isEqualTo("bypass");
        assertThat(second.given()).isEqualTo("bypass");
        assertThat(scene.asked(0).call()).isSameAs(first.call);
        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void whatIsForTheCacheAloneIsToldToNobodyWhomItPassesBy() {
        Asker passing = scene.asks(false, Keeping.nothing());
        scene.asked(0).says(Lasting.not(Answer.of(200, "application/json", ByteStream.of(new byte[0]))));

        assertThat(passing.given()).isEqualTo("bypass");
        assertThat(passing.answer().headers()).doesNotContainKey("x-llmnet-keep");
    }

    @Test
    void whoWillNotReadWhatWasKeptHasItKeptAnew() {
        scene.asks(false);
        scene.asked(0).says("{\"old\":1}");
        Asker fresh = scene.asks(false, new Keeping("key", Duration.ofMinutes(1), false, true, null));
        scene.asked(1).says("{\"new\":1}");

        Asker third = scene.asks(false);

        assertThat(fresh.given()).isEqualTo("miss");
        assertThat(third.heard()).isEqualTo("{\"new\":1}");
    }

    @Test
    void whoReadsOnlyLeavesNothing() {
        scene.asks(false, new Keeping("key", Duration.ofMinutes(1), true, false, null));
        scene.asked(0).says(COMPLETION);

        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void anAnswerThatIsTooOldForOneWillDoForAnother() {
        scene.asks(false);
        scene.asked(0).says("{\"old\":1}");
        scene.time.pass(10_000);

        Asker patient = scene.asks(false);
        Asker strict =
                scene.asks(false, new Keeping("key", Duration.ofMinutes(1), true, true, null, Duration.ofSeconds(9)));
        scene.asked(1).says("{\"new\":1}");

        assertThat(patient.heard()).isEqualTo("{\"old\":1}");
        assertThat(strict.heard()).isEqualTo("{\"new\":1}");
    }

    @Test
    void errorsAreToldButNotKept() {
        Asker refused = scene.asks(false);
        scene.asked(0).begins(400, "application/json").says("{\"error\":{}}");
        assertThat(refused.heard()).isEqualTo("{\"error\":{}}");
        assertThat(refused.answer().status()).isEqualTo(400);
        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void aFailureIsToldButNotKept() {
        Asker first = scene.asks(false);
        scene.asked(0).fails(Fault.NO_BACKEND);

        scene.asks(false);

        assertThat(first.fault()).isEqualTo(Fault.NO_BACKEND);
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void anAnswerThatBrokeIsNotKept() {
        Asker first = scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        source.fails(new ChatException(Fault.STREAM_BROKEN, "broke"));

        scene.asks(true);

        assertThat(first.fault()).isEqualTo(Fault.STREAM_BROKEN);
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void aStreamThatTellsOfAnErrorIsNotKept() {
        scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        source.says("data: {\"error\":{\"message\":\"gone\"}}\n\n");
        source.ends();

        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void anEmptyAnswerIsNotKept() {
        scene.asks(false);
        scene.asked(0).says("");

        assertThat(scene.cache.entries()).isZero();
    }

    @Test
    void anAnswerOfMoreThanAMebibyteIsNotKept() {
        Asker first = scene.asks(false);
        scene.asked(0).says("x".repeat((1 << 20) + 1));

        scene.asks(false);

        assertThat(first.size()).isEqualTo((1 << 20) + 1);
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void aStreamIsKeptAsTheAnswerThatItWouldHaveBeen() {
        scene.asks(
                Asker.call(Call.Dialect.CHAT, true, true, "{}", Map.of(), Long.MAX_VALUE, Runnable::run), Scene.KEPT);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        source.chunk("is");
        source.says("data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n");
        source.done();

        Asker whole = scene.asks(false);
        Asker stream = scene.asks(true);

        assertThat(whole.answer().contentType()).isEqualTo("application/json");
        assertThat(whole.heard()).contains("\"content\":\"Paris\"").contains("\"total_tokens\":3");
        assertThat(stream.heard()).isEqualTo(whole.heard());
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void aStreamWithoutItsUsageWillNotDoForWhoMustBeToldIt() {
        scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Paris");
        source.done();

        Asker stream = scene.asks(true);
        Asker whole = scene.asks(false);

        assertThat(stream.given()).isEqualTo("hit");
        assertThat(whole.isAnswered()).isFalse();
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void aStreamOfACompletionIsKeptAsItCame() {
        Call call = Asker.call(Call.Dialect.COMPLETIONS, true, false, "{}", Map.of(), Long.MAX_VALUE, Runnable::run);
        scene.asks(call, Scene.KEPT);
        Source source = scene.asked(0).streams();
        source.says("data: {\"choices\":[{\"text\":\"Paris\"}]}\n\ndata: [DONE]\n\n");
        source.ends();

        Asker second = scene.asks(call, Scene.KEPT);

        assertThat(second.given()).isEqualTo("hit");
        assertThat(second.answer().isEventStream()).isTrue();
        assertThat(second.heard()).isEqualTo("data: {\"choices\":[{\"text\":\"Paris\"}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void whoGetsAHitMayChangeItsBytes() {
        scene.asks(false);
        scene.asked(0).says(COMPLETION);
        Call call = Asker.chat(false, Long.MAX_VALUE, Runnable::run);
        byte[] own = scene.cache
                .answer(call, Scene.KEPT, unasked -> CompletableFuture.failedFuture(new IllegalStateException()))
                .thenCompose(answer -> answer.body().whole())
                .toCompletableFuture()
                .join();
        Arrays.fill(own, (byte) 'x');

        assertThat(scene.asks(false).heard()).isEqualTo(COMPLETION);
    }

    @Test
    void allThatWasGivenIsCounted() {
        scene.asks(false);
        scene.asks(false);
        scene.asked(0).says(COMPLETION);
        scene.asks(false);
        scene.asks(false);
        scene.asks(false, Keeping.nothing());

        Counts counts = scene.cache.counts();
        assertThat(counts.of(Given.MISS)).isEqualTo(1);
        assertThat(counts.of(Given.SHARED)).isEqualTo(1);
        assertThat(counts.of(Given.HIT)).isEqualTo(2);
        assertThat(counts.of(Given.BYPASS)).isEqualTo(1);
        assertThat(counts.hitRatio()).isEqualTo(0.5);
    }
}
