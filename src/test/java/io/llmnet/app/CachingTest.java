package io.llmnet.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.VirtualTime;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.settings.CacheSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cache before who is asked, as the settings want it, which change. */
class CachingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final VirtualTime time = new VirtualTime();
    private final List<Call> asked = new ArrayList<>();
    private CacheSettings settings = new CacheSettings(true, true, null, MINUTE, 10, 1 << 20, null);
    private final Caching caching = new Caching(
            vertx,
            (texts, errand) -> CompletableFuture.failedFuture(new ChatException(Fault.NO_BACKEND, "none here")),
            time,
            () -> settings,
            metrics);
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Council> ensembles = new HashMap<>();
    private final Pipelines.Asked cached = caching.before(this::answer, this::meant);
    private final Pipelines.Convened convened = caching.before(
            (council, call) -> answer(call),
            (council, call) -> answer(call),
            new Makeup("pipeline"::equals, () -> ensembles, this::meant));

    private CompletionStage<Answer> answer(Call call) {
        asked.add(call);
        byte[] body = ("{\"asked\":" + asked.size() + "}").getBytes(UTF_8);
        return CompletableFuture.completedFuture(Answer.of(200, "application/json", ByteStream.of(body)));
    }

    private String meant(String name) {
        return aliases.getOrDefault(name, name);
    }

    @AfterEach
    void end() throws Exception {
        caching.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whereChatsAreNotKeptACallGoesByUntouched() {
        settings = new CacheSettings(true, false, null, MINUTE, 10, 1 << 20, null);
        Call call = call("one");

        Answer answer = ask(call);

        assertThat(asked).singleElement().isSameAs(call);
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void whatIsKeptIsNotAskedAgain() {
        ask(call("one"));

        Answer again = ask(call("one"));

        assertThat(again.headers()).containsEntry("x-llmnet-cache", "hit");
        assertThat(asked).hasSize(1);
    }

    @Test
    void anotherModelIsAskedByItself() {
        ask(call("one"));
        ask(call("other"));

        assertThat(asked).hasSize(2);
    }

    @Test
    void anAliasThatHasComeToMeanAnotherModelIsAskedAnew() {
        aliases.put("fast", "one");
        ask(call("fast"));
        ask(call("fast"));
        assertThat(asked).hasSize(1);

        aliases.put("fast", "other");
        ask(call("fast"));

        assertThat(asked).hasSize(2);
    }

    @Test
    void anEnsembleIsAskedAnewWhenAnythingInItHasChanged() {
        ensembles.put("inner", council("inner", "fast", "big"));
        Council outer = council("outer", "inner", "one");
        ask(outer);
        ask(outer);
        assertThat(asked).hasSize(1);

        aliases.put("fast", "small");
        ask(outer);
        assertThat(asked).hasSize(2);

        ensembles.put("inner", council("inner", "fast", "huge"));
        ask(outer);
        assertThat(asked).hasSize(3);
    }

    @Test
    void anEnsembleWithAPipelineInItIsNotKept() {
        ensembles.put("inner", council("inner", "pipeline", "big"));
        for (Council council : List.of(council("plain", "one", "pipeline"), council("outer", "one", "inner"))) {
            assertThat(ask(council).headers()).containsEntry("x-llmnet-cache", "bypass");
            ask(council);
        }

        assertThat(asked).hasSize(4);
    }

    @Test
    void anEnsembleIsNotKeptWhereItsJudgeIsAPipeline() {
        Terms judged = Terms.USUAL.with(Terms.Judge.of(Seat.of("pipeline")));
        Council council = new Council("judged", Strategy.JUDGE, List.of(Seat.of("one")), null, judged);

        assertThat(ask(council).headers()).containsEntry("x-llmnet-cache", "bypass");
    }

    @Test
    void aPinnedBackendsModelIsNoPipelineWhateverItsName() {
        Seat pinned = new Seat("pinned", "pipeline", "attic", 1);
        Council council = new Council("pinning", Strategy.FASTEST, List.of(pinned), null, Terms.USUAL);
        ask(council);

        assertThat(ask(council).headers()).containsEntry("x-llmnet-cache", "hit");
    }

    @Test
    void ensemblesThatSitInEachOtherAreLookedThroughOnce() {
        ensembles.put("one", council("one", "other"));
        ensembles.put("other", council("other", "one"));
        Council one = council("one", "other");
        ask(one);

        assertThat(ask(one).headers()).containsEntry("x-llmnet-cache", "hit");
    }

    @Test
    void itIsSwitchedOnAndOffAsItRuns() {
        ask(call("one"));
        settings = new CacheSettings(true, false, null, MINUTE, 10, 1 << 20, null);
        caching.change();
        ask(call("one"));
        assertThat(asked).hasSize(2);

        settings = new CacheSettings(true, true, null, MINUTE, 10, 1 << 20, null);
        caching.change();
        ask(call("one"));
        assertThat(asked).as("the store is the same").hasSize(2);
    }

    @Test
    void aChangeOfTheStoreBeginsAnew() {
        ask(call("one"));
        settings = new CacheSettings(true, true, null, MINUTE, 20, 1 << 20, null);
        caching.change();
        ask(call("one"));

        assertThat(asked).hasSize(2);
    }

    @Test
    void aRedisThatIsNotThereIsNoneTheWorse() {
        settings = new CacheSettings(true, true, "redis://:secret@127.0.0.1:1/0", MINUTE, 10, 1 << 20, null);
        caching.change();

        assertThat(ask(call("one")).status()).isEqualTo(200);
        assertThat(ask(call("one")).status()).isEqualTo(200);
        Eventually.holds(
                "failures are counted",
                () -> metrics.get("llmnet.cache.store.failures")
                                .functionCounter()
                                .count()
                        > 0);
    }

    @Test
    void itIsShown() {
        ask(call("one"));
        ask(call("one"));
        ask(call("one"));

        assertThat(count("hit")).isEqualTo(2);
        assertThat(count("miss")).isEqualTo(1);
        assertThat(metrics.get("llmnet.cache.entries").gauge().value()).isEqualTo(1);
        assertThat(metrics.get("llmpool.cache.hit.ratio").gauge().value()).isBetween(0.66, 0.67);
    }

    private double count(String result) {
        return metrics.get("llmnet.cache.requests")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private static Council council(String name, String... models) {
        List<Seat> seats = Stream.of(models).map(Seat::of).toList();
        return new Council(name, Strategy.VOTING, seats, null, Terms.USUAL);
    }

    private Answer ask(Council council) {
        return done(convened.ask(council, call(council.name())));
    }

    private Answer ask(Call call) {
        return done(cached.ask(call));
    }

    private static Answer done(CompletionStage<Answer> answer) {
        return answer.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private Call call(String model) {
        return new Call(
                "id",
                Call.Dialect.CHAT,
                model,
                new Call.Span(0, 0),
                false,
                false,
                "{\"messages\":[]}".getBytes(UTF_8),
                name -> null,
                Deadline.in(MINUTE, System.nanoTime()),
                new Cancel(),
                new Tab(),
                Runnable::run);
    }
}
