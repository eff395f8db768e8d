package io.llmnet.camel.ensemble;

import static io.llmnet.camel.ensemble.Stage.council;
import static io.llmnet.camel.ensemble.Stage.judged;
import static io.llmnet.camel.ensemble.Stage.soon;
import static io.llmnet.camel.ensemble.Stage.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Councils over the real route, with members whose every answer is staged. */
class AssemblyTest {
    private final Stage stage = new Stage();

    AssemblyTest() throws Exception {}

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theMajorityWinsAndWhoeverIsStillAskedIsDismissedAtOnce() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b", "c"));
        Stage.Asked slow = stage.next("c");

        stage.next("a").says("42");
        stage.next("b").says(" 42. ");

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).contains("42");
        assertThat(resolution.decision().by()).isEqualTo(Strategy.VOTING);
        assertThat(slow.isDismissed()).isTrue();
        assertThat(resolution.decision().votes().get(2).end()).isEqualTo(End.DISMISSED);
        assertThat(resolution.answer().headers())
                .containsEntry("x-llmnet-strategy", "voting")
                .containsEntry("x-llmnet-ensemble", "test")
                .containsEntry("x-llmnet-agreement-score", "0.667");
    }

    @Test
    void aSlowMemberGetsCompanyAndTheFirstAnswerWins() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.FASTEST, "a", "b"));
        Stage.Asked first = stage.next("a");
        assertThat(stage.isAsked("b")).isFalse();

        stage.pass(300);
        stage.next("b").says("quick");

        assertThat(text(soon(asked))).isEqualTo("quick");
        assertThat(first.isDismissed()).isTrue();
    }

    @Test
    void aMemberThatFailsIsReplacedWithoutWaiting() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.FASTEST, "a", "b"));

        stage.next("a").fails(Fault.BACKEND_UNREACHABLE, "nobody there");
        stage.next("b").says("here");

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).isEqualTo("here");
        assertThat(resolution.decision().votes().get(0).trouble()).contains("nobody there");
    }

    @Test
    void aRaceStreamsFromTheWinnerAndTheCallerCanStillCloseIt() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.FASTEST, "a", "b"), true, Acceptance.ANYTHING);
        Stage.Asked first = stage.next("a");
        stage.pass(300);
        Stage.Asked second = stage.next("b");
        assertThat(first.body()).contains("\"stream\":true").contains("\"model\":\"a\"");

        second.streams(ByteStream.of("data: {}\n\n".getBytes(UTF_8)));

        Resolution resolution = soon(asked);
        assertThat(resolution.answer().isEventStream()).isTrue();
        assertThat(first.isDismissed()).isTrue();
        assertThat(second.isDismissed()).isFalse();
        stage.leave();
        assertThat(second.isDismissed()).isTrue();
    }

    @Test
    void whoStreamsIsAskedForWholeAnswersWhereTheyAreCompared() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b"), true, Acceptance.ANYTHING);

        Stage.Asked one = stage.next("a");
        assertThat(one.body()).contains("\"stream\":false");
        assertThat(one.body()
                        .substring(
                                one.call.modelAt().start(), one.call.modelAt().end()))
                .isEqualTo("\"a\"");
        one.says("same");
        stage.next("b").says("same");

        assertThat(text(soon(asked))).isEqualTo("same");
    }

    @Test
    void theUsageOfAllMembersIsTold() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b"));

        stage.next("a").uses(Usage.of(10, 3), "same");
        stage.next("b").uses(Usage.of(10, 4), "same");

        String body = new String(
                soon(asked).answer().body().whole().toCompletableFuture().join(), UTF_8);
        assertThat(body).contains("\"prompt_tokens\":20,\"completion_tokens\":7,\"total_tokens\":27");
        assertThat(stage.tab.total()).isEqualTo(Usage.of(20, 7));
    }

    @Test
    void whereTooFewAgreeTheCallerIsToldHowMany() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.CONSENSUS, "a", "b", "c"));

        stage.next("a").says("red");
        stage.next("b").says("green");
        stage.next("c").says("green");

        assertThatThrownBy(() -> soon(asked))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ChatException.class, why -> {
                    assertThat(why.fault()).isEqualTo(Fault.NO_AGREEMENT);
                    assertThat(why.details().headers()).containsEntry("x-llmnet-agreement-score", "0.667");
                });
    }

    @Test
    void aJudgePicksAmongAnonymousCandidates() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.JUDGE, "a", "b"));
        stage.next("a").says("It is red.");
        stage.next("b").says("It is a banana, and that is yellow.");

        Stage.Asked judge = stage.next("judge");
        assertThat(judge.body())
                .contains("c1")
                .contains("c2")
                .contains("What is it?")
                .contains("banana");
        boolean redFirst = judge.body().indexOf("red") < judge.body().indexOf("banana");
        judge.says(verdict(redFirst ? "c2" : "c1"));

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).contains("banana");
        assertThat(resolution.decision().by()).isEqualTo(Strategy.JUDGE);
    }

    @Test
    void aVerdictThatIsNoneIsAskedForOnceMore() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.JUDGE, "a", "b"));
        stage.next("a").says("one");
        stage.next("b").says("two");

        stage.next("judge").says("I like the first.");
        Stage.Asked again = stage.next("judge");
        assertThat(again.body()).contains("I like the first.");
        again.says("```json\n" + verdict("c1") + "\n```");

        assertThat(soon(asked).decision().by()).isEqualTo(Strategy.JUDGE);
    }

    @Test
    void whatTheJudgeBlocksIsNotShown() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.JUDGE, "a", "b"));
        stage.next("a").says("one");
        stage.next("b").says("two");

        stage.next("judge").says(verdict("c1").replace("allow", "block"));

        assertThatThrownBy(() -> soon(asked))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.ANSWERS_REJECTED));
    }

    @Test
    void whereTheJudgeIsDownTheMajorityDecides() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.JUDGE, "a", "b", "c"));
        stage.next("a").says("red");
        stage.next("b").says("green");
        stage.next("c").says("green");

        stage.next("judge").fails(Fault.BACKEND_UNREACHABLE, "judge is down");

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).isEqualTo("green");
        assertThat(resolution.decision().by()).isEqualTo(Strategy.VOTING);
    }

    @Test
    void aJudgeWhoTakesTooLongIsNotWaitedFor() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.JUDGE, "a", "b", "c"));
        stage.next("a").says("red");
        stage.next("b").says("green");
        stage.pass(7_000);
        Stage.Asked judge = stage.next("judge");

        stage.pass(3_000);

        assertThat(soon(asked).decision().by()).isNotEqualTo(Strategy.JUDGE);
        assertThat(judge.isDismissed()).isTrue();
    }

    @Test
    void oneAnswerIsMadeOfAll() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(judged(Strategy.MERGE, "a", "b"));
        stage.next("a").says("It is round.");
        stage.next("b").says("It is red.");

        Stage.Asked judge = stage.next("judge");
        assertThat(judge.body()).contains("round").contains("red");
        judge.says("It is round and red.");

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).isEqualTo("It is round and red.");
        assertThat(resolution.decision().by()).isEqualTo(Strategy.MERGE);
        assertThat(resolution.answer().headers()).containsEntry("x-llmnet-model", "judge");
    }

    @Test
    void whatHasComeByTheDeadlineMustDo() throws Exception {
        CompletableFuture<Resolution> asked =
                stage.ask(council(Strategy.VOTING, "a", "b", "c").within(Duration.ofMillis(800)));
        stage.next("a").says("red");
        Stage.Asked silent = stage.next("b");

        stage.pass(800);

        assertThat(text(soon(asked))).isEqualTo("red");
        assertThat(silent.isDismissed()).isTrue();
    }

    @Test
    void whereNothingHasComeByTheDeadlineThatIsTold() throws Exception {
        CompletableFuture<Resolution> asked =
                stage.ask(council(Strategy.FASTEST, "a", "b").within(Duration.ofMillis(800)));
        Stage.Asked silent = stage.next("a");

        stage.pass(800);

        assertThatThrownBy(() -> soon(asked))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.TIMED_OUT));
        assertThat(silent.isDismissed()).isTrue();
    }

    @Test
    void aCallerWhoLeavesEndsAllOfIt() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b"));
        Stage.Asked one = stage.next("a");
        Stage.Asked other = stage.next("b");

        stage.leave();

        assertThatThrownBy(() -> soon(asked))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.CANCELLED));
        assertThat(one.isDismissed()).isTrue();
        assertThat(other.isDismissed()).isTrue();
    }

    @Test
    void anAnswerThatWillNotDoIsMendedOnce() throws Exception {
        Acceptance numbers = text -> text.matches("\\d+") ? null : "say a number and nothing else";
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.FASTEST, "a"), false, numbers);

        stage.next("a").says("I think it is 42");
        Stage.Asked again = stage.next("a");
        assertThat(again.body()).contains("I think it is 42").contains("say a number and nothing else");
        again.says("42");

        assertThat(text(soon(asked))).isEqualTo("42");
    }

    @Test
    void anAnswerThatIsNoBetterThenDoesNotCount() throws Exception {
        Acceptance numbers = text -> text.matches("\\d+") ? null : "say a number and nothing else";
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.FASTEST, "a", "b"), false, numbers);

        stage.next("a").says("many");
        stage.next("a").says("very many");
        stage.next("b").says("7");

        assertThat(text(soon(asked))).isEqualTo("7");
    }

    @Test
    void toolCallsAreVotedOnByNameAndArguments() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b", "c"));

        stage.next("a").calls("weather", "{\"city\": \"Bonn\", \"days\": 1}");
        stage.next("b").calls("weather", "{\"days\":1.0,\"city\":\"Bonn\"}");

        assertThat(soon(asked).decision().agreement()).isCloseTo(2.0 / 3, org.assertj.core.data.Offset.offset(0.01));
        assertThat(stage.next("c").isDismissed()).isTrue();
    }

    @Test
    void theCheapOneIsAskedForItsOddsAndIsEnoughWhenItIsSure() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.CASCADE, "small", "large"));

        Stage.Asked small = stage.next("small");
        assertThat(small.body()).contains("\"logprobs\":true");
        small.says("sure", 0.95);

        Resolution resolution = soon(asked);
        assertThat(text(resolution)).isEqualTo("sure");
        assertThat(stage.stillAsked()).isEmpty();
        assertThat(new String(
                        resolution.answer().body().whole().toCompletableFuture().join(), UTF_8))
                .doesNotContain("logprob");
    }

    @Test
    void whoKnowsNoOddsIsAskedWithout() throws Exception {
        Council cascade = council(Strategy.CASCADE, "small", "large");
        CompletableFuture<Resolution> asked = stage.ask(cascade);
        stage.next("small").refuses(400, "logprobs is not supported");

        Stage.Asked again = stage.next("small");
        assertThat(again.body()).doesNotContain("logprobs");
        again.says("maybe");
        stage.next("large").says("certainly not");

        assertThat(text(soon(asked))).isEqualTo("certainly not");
        CompletableFuture<Resolution> next = stage.ask(cascade);
        assertThat(stage.next("small").body()).doesNotContain("logprobs");
        assertThat(next).isNotDone();
    }

    @Test
    void whatAllRefuseInTheSameWayIsTheCallersToSee() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b"));

        stage.next("a").refuses(400, "temperature must be at most 2");
        stage.next("b").refuses(400, "temperature must be at most 2");

        Resolution resolution = soon(asked);
        assertThat(resolution.answer().status()).isEqualTo(400);
        assertThat(new String(
                        resolution.answer().body().whole().toCompletableFuture().join(), UTF_8))
                .contains("temperature must be at most 2");
    }

    @Test
    void whereAllFailTheCallerIsToldWhy() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(council(Strategy.VOTING, "a", "b"));

        stage.next("a").fails(Fault.BACKEND_UNREACHABLE, "connection refused");
        stage.next("b").refuses(500, "out of memory");

        assertThatThrownBy(() -> soon(asked)).cause().isInstanceOfSatisfying(ChatException.class, why -> {
            assertThat(why.fault()).isEqualTo(Fault.NO_BACKEND);
            assertThat(why.text()).contains("connection refused").contains("out of memory");
        });
    }

    @Test
    void messagesThatAreNoneAreTheCallersMistake() {
        assertThatThrownBy(() -> soon(stage.ask(
                        judged(Strategy.JUDGE, "a", "b"),
                        "{\"model\":\"test\",\"messages\":[{\"content\":7}]}",
                        Acceptance.ANYTHING)))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.BAD_REQUEST));
    }

    @Test
    void theJudgeSeesTheWholeConversationAndTheToolsThatAreCalled() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(
                judged(Strategy.JUDGE, "a", "b"),
                "{\"model\":\"test\",\"tools\":[],\"messages\":[{\"role\":\"system\",\"content\":\"Speak Portuguese.\"},"
                        + "{\"role\":\"user\",\"content\":\"And in Bonn?\"}]}",
                Acceptance.ANYTHING);
        stage.next("a").calls("weather", "{\"city\":\"Bonn\"}");
        stage.next("b").says("It rains.");

        Stage.Asked judge = stage.next("judge");

        assertThat(judge.body()).contains("Speak Portuguese.", "And in Bonn?", "weather(", "It rains.");
        assertThat(judge.body()).doesNotContain("\"tools\"");
        judge.says(verdict("c1"));
        assertThat(soon(asked).decision().by()).isEqualTo(Strategy.JUDGE);
    }

    @Test
    void whoMergesGetsTheCallersOwnWishes() throws Exception {
        CompletableFuture<Resolution> asked = stage.ask(
                judged(Strategy.MERGE, "a", "b"),
                "{\"model\":\"test\",\"max_tokens\":77,\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}]}",
                Acceptance.ANYTHING);
        stage.next("a").says("It is round.");
        stage.next("b").says("It is red.");

        Stage.Asked judge = stage.next("judge");
        assertThat(judge.body()).contains("\"max_tokens\":77");
        judge.says("  ");
        stage.next("judge").says("Round and red.");

        assertThat(text(soon(asked))).isEqualTo("Round and red.");
    }

    @Test
    void aCheapModelThatHangsLeavesTheOthersTheirTime() throws Exception {
        CompletableFuture<Resolution> asked =
                stage.ask(council(Strategy.CASCADE, "small", "large").within(Duration.ofSeconds(2)));
        stage.next("small");

        stage.pass(1_000);
        stage.next("large").says("here");

        assertThat(text(soon(asked))).isEqualTo("here");
    }

    private static String verdict(String winner) {
        return "{\"winner_id\":\"" + winner + "\",\"confidence\":0.9,\"reason\":\"it is right\",\"quality_notes\":[],"
                + "\"policy\":{\"action\":\"allow\",\"notes\":\"\"}}";
    }
}
