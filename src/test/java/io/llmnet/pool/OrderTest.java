package io.llmnet.pool;

import static io.llmnet.pool.Pools.ask;
import static io.llmnet.pool.Pools.council;
import static io.llmnet.pool.Pools.pool;
import static io.llmnet.pool.Pools.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.cache.Keeping;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pools.Draft;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {
    private static final PoolSettings SETTINGS = pool(task("rerank", Strategy.VOTING));
    private static final PoolSettings SIMILAR =
            pool(new PoolSettings.Task(council("rerank", Strategy.VOTING, "a"), true, null, null, 0.9, null));
    private static final Contracts NONE = (task, prompt) -> Optional.empty();

    private static Order order(Draft draft) {
        return order(draft, SETTINGS);
    }

    private static Order order(Draft draft, PoolSettings settings) {
        return Order.of(draft.query(), settings, NONE);
    }

    private static Order order(Draft draft, Contract contract) {
        return Order.of(draft.query(), SIMILAR, (task, prompt) -> Optional.of(contract));
    }

    private static Contract contract(String made) {
        return new Contract(null, "which?", Acceptance.ANYTHING, null, made, UnaryOperator.identity());
    }

    private static Keeping kept(Order order, CacheSettings cache) {
        return Objects.requireNonNull(order.keeping(cache));
    }

    private static Keeping.Meaning meaning(Order order) {
        return Objects.requireNonNull(kept(order, CacheSettings.USUAL).meaning());
    }

    private static Draft draft(Consumer<Draft> change) {
        Draft draft = ask();
        change.accept(draft);
        return draft;
    }

    private static void refused(Draft draft, PoolSettings settings, @Nullable String param, String message) {
        ChatException why = catchThrowableOfType(ChatException.class, () -> order(draft, settings));

        assertThat(why.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(why.param()).isEqualTo(param);
        assertThat(why.text()).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0} ms, {1} bytes, {2} tokens, task {3}")
    @CsvSource(delimiter = '|', textBlock = """
            2000 | 20000 | 0  | rerank | Invalid query: Deadline 2000ms exceeds max 1500ms
            1501 | 1     |    | nobody | Invalid query: Deadline 1501ms exceeds max 1500ms
            -1   | 20000 | 0  | rerank | Invalid query: Deadline -1ms is negative
            1500 | 16385 | 0  | rerank | Invalid query: Prompt size 16385 exceeds max 16384 bytes
                 | 16384 | 0  | nobody | Invalid query: max_tokens must be positive
            0    | 0     | -5 | rerank | Invalid query: max_tokens must be positive
                 | 1     | 1  | nobody | Ensemble error: No providers available for task: nobody
            """)
    void isRefusedForItsFirstMistake(
            @Nullable Long millis, int bytes, @Nullable Integer tokens, String task, String message) {
        Draft draft = ask("x".repeat(bytes));
        draft.deadline = millis == null ? null : Duration.ofMillis(millis);
        draft.maxTokens = tokens;
        draft.task = task;

        ChatException why = catchThrowableOfType(ChatException.class, () -> order(draft));

        assertThat(why.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(why.text()).isEqualTo(message);
    }

    @Test
    void theSizeOfAPromptIsThatInBytes() {
        assertThat(order(ask("ü".repeat(8192))).contract().prompt()).hasSize(8192);
        refused(ask("ü".repeat(8193)), SETTINGS, "prompt", "Invalid query: Prompt size 16386 exceeds max 16384 bytes");
    }

    @Test
    void aNameOfATaskIsNotRepeatedAtAnyLength() {
        Draft draft = draft(asked -> asked.task = "x".repeat(9999) + "\n");

        refused(draft, SETTINGS, "task", "Ensemble error: No providers available for task: " + "x".repeat(128) + "...");
    }

    @Test
    void othersDoWhatIsNotListed() {
        PoolSettings settings = new PoolSettings(
                null,
                null,
                null,
                SETTINGS.bounds(),
                SETTINGS.tasks(),
                task("others", Strategy.FASTEST),
                SETTINGS.breaker(),
                null);

        Order order = order(draft(asked -> asked.task = "anything"), settings);

        assertThat(order.council().name()).isEqualTo("others");
    }

    @ParameterizedTest(name = "request {0}, profile {1}")
    @CsvSource({", , VOTING, 256", "MERGE, , MERGE, 256", ", FAST_LOW, FASTEST, 128", "JUDGE, FAST_LOW, JUDGE, 128"})
    void theRequestGoesBeforeTheProfileAndThatBeforeTheTask(
            @Nullable Strategy strategy, @Nullable Profile profile, Strategy decides, int maxTokens) {
        Draft draft = ask();
        draft.strategy = strategy;
        draft.profile = profile;

        Order order = order(draft);

        assertThat(order.council().strategy()).isEqualTo(decides);
        assertThat(order.maxTokens()).isEqualTo(maxTokens);
    }

    @Test
    void aTaskMayInsistOnItsStrategy() {
        PoolSettings settings =
                pool(new PoolSettings.Task(council("rerank", Strategy.VOTING, "a"), false, null, null, null, null));

        refused(
                draft(asked -> asked.strategy = Strategy.FASTEST),
                settings,
                "strategy",
                "Invalid query: Task rerank is done by VOTING only");
        refused(
                draft(asked -> asked.profile = Profile.JUDGE_MID),
                settings,
                "profile",
                "Invalid query: Task rerank is done by VOTING only");
        assertThat(order(draft(asked -> asked.strategy = Strategy.VOTING), settings)
                        .council()
                        .strategy())
                .isEqualTo(Strategy.VOTING);
    }

    @ParameterizedTest(name = "request {0}, profile {1}, task {2}")
    @CsvSource({
        ", , , 1500",
        "0, , , 1500",
        "200, , , 200",
        ", FAST_LOW, , 700",
        ", QUALITY_HIGH, , 1500", // no more than anybody may have
        "900, FAST_LOW, , 900",
        ", , 400, 400",
        "900, , 400, 400",
        "200, , 400, 200",
        ", , 9000, 1500",
    })
    void hasTheTimeThatIsNamedWithinTheLimits(
            @Nullable Long millis, @Nullable Profile profile, @Nullable Long ofTask, long expected) {
        Council council = council("rerank", Strategy.VOTING, "a");
        Council timed = ofTask == null ? council : council.within(Duration.ofMillis(ofTask));
        Draft draft = ask();
        draft.deadline = millis == null ? null : Duration.ofMillis(millis);
        draft.profile = profile;

        Order order = order(draft, pool(new PoolSettings.Task(timed, true, null, null, null, null)));

        assertThat(order.time()).isEqualTo(Duration.ofMillis(expected));
    }

    @Test
    void asksThePromptAsItIs() {
        Call call = order(ask("say \"hi\"")).call(new Cancel(), new Deadline(7));

        assertThat(call.body())
                .asString()
                .isEqualTo("{\"model\":\"rerank\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":"
                        + "\"say \\\"hi\\\"\"}],\"temperature\":0.3,\"max_tokens\":256}");
        assertThat(call.deadline()).isEqualTo(new Deadline(7));
        assertThat(call.stream()).isFalse();
    }

    @Test
    void asksByTheContractWhereThereIsOne() {
        Acceptance json = text -> "no JSON";
        Contracts contracts = (task, prompt) -> Optional.of(new Contract("Be brief.", "<" + prompt + ">", json, 0.2));

        Order order = Order.of(ask("hi").query(), SETTINGS, contracts);

        assertThat(order.contract().acceptance()).isSameAs(json);
        assertThat(order.call(new Cancel(), new Deadline(7)).body())
                .asString()
                .contains(
                        "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"<hi>\"}",
                        "\"temperature\":0.2");
    }

    @Test
    void isKnownByTheClientsIdWhereThatIsFit() {
        Call fit = order(draft(asked -> asked.requestId = "r-1")).call(new Cancel(), new Deadline(7));
        Order odd = order(draft(asked -> asked.requestId = "r\n1"));

        assertThat(fit.id()).isEqualTo("r-1");
        assertThat(odd.id()).isEqualTo("r\n1");
        assertThat(odd.call(new Cancel(), new Deadline(7)).id()).hasSize(36);
        assertThat(order(ask()).id()).hasSize(36);
    }

    private static List<Order> different() {
        List<Order> orders = new ArrayList<>();
        orders.add(order(ask()));
        orders.add(order(ask("who?")));
        orders.add(order(draft(asked -> asked.tenant = "t")));
        orders.add(order(draft(asked -> asked.tenant = "")));
        orders.add(order(draft(asked -> asked.project = "p")));
        orders.add(order(draft(asked -> asked.key = "Bearer k")));
        orders.add(order(draft(asked -> asked.maxTokens = 7)));
        orders.add(order(draft(asked -> asked.strategy = Strategy.JUDGE)));
        orders.add(order(ask(), pool(task("rerank", Strategy.VOTING).with(Strategy.MERGE))));
        for (PoolSettings.Task other : List.of(
                new PoolSettings.Task(council("rerank", Strategy.VOTING, "a"), true, null, null, null, 0.3),
                new PoolSettings.Task(council("rerank", Strategy.VOTING, "a", "b", "c"), true, null, null, null, 0.4),
                new PoolSettings.Task(
                        council("rerank", Strategy.VOTING, "a", "b", "c"), true, null, "none", null, 0.3))) {
            orders.add(order(ask(), pool(other)));
        }
        orders.add(Order.of(
                ask().query(),
                SETTINGS,
                (task, prompt) -> Optional.of(new Contract("Be brief.", prompt, Acceptance.ANYTHING, 0.3))));
        for (String made : List.of("one schema", "another")) {
            orders.add(order(ask(), contract(made)));
        }
        return orders;
    }

    @Test
    void whatMakesAnotherAnswerMakesAnotherKey() {
        List<Order> orders = different();

        assertThat(new HashSet<>(orders.stream()
                        .map(order -> kept(order, CacheSettings.USUAL).key())
                        .toList()))
                .hasSameSizeAs(orders);
    }

    @Test
    void theSameAnswerIsKeptOnceWhoeverOfTheTenantAsksAndHoweverPatient() {
        Draft draft = draft(asked -> {
            asked.requestId = "1";
            asked.deadline = Duration.ofMillis(500);
        });

        String key = kept(order(draft), CacheSettings.USUAL).key();

        assertThat(key).isEqualTo(kept(order(ask()), CacheSettings.USUAL).key());
    }

    @Test
    void isKeptForTheTasksTimeElseForTheCaches() {
        PoolSettings.Task minute = new PoolSettings.Task(
                council("rerank", Strategy.VOTING, "a"), true, Duration.ofMinutes(1), null, null, null);
        PoolSettings.Task never =
                new PoolSettings.Task(council("rerank", Strategy.VOTING, "a"), true, Duration.ZERO, null, 0.9, null);

        assertThat(kept(order(ask()), CacheSettings.USUAL).ttl()).isEqualTo(Duration.ofMinutes(15));
        assertThat(kept(order(ask(), pool(minute)), CacheSettings.USUAL))
                .extracting(Keeping::ttl, Keeping::reads, Keeping::writes, Keeping::meaning)
                .containsExactly(Duration.ofMinutes(1), true, true, null);
        assertThat(List.of(
                        kept(order(ask(), pool(never)), CacheSettings.USUAL),
                        kept(order(ask(), pool(minute)), Pools.noCache())))
                .allSatisfy(keeping -> assertThat(keeping)
                        .extracting(Keeping::ttl, Keeping::reads, Keeping::writes, Keeping::meaning)
                        .containsExactly(Duration.ZERO, false, false, null));
        assertThat(order(draft(asked -> asked.keep = false)).keeping(CacheSettings.USUAL))
                .isNull();
    }

    @Test
    void similarOnesAreNotLookedForWhereTheQuestionIsDataOrTooLong() {
        assertThat(meaning(order(ask("x".repeat(1000)), SIMILAR)).question()).hasSize(1000);
        assertThat(kept(order(ask("x".repeat(1001)), SIMILAR), CacheSettings.USUAL)
                        .meaning())
                .isNull();
        assertThat(kept(order(ask(), contract("a template")), CacheSettings.USUAL)
                        .meaning())
                .isNull();
        assertThat(kept(order(ask(), contract("")), CacheSettings.USUAL).meaning())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"no-cache, false, true, ", "max-age=7, true, true, 7", "'max-age=7, no-cache', false, true, 7"})
    void theCacheIsUsedAsTheCallerWishes(String wish, boolean reads, boolean writes, @Nullable Long maxAge) {
        assertThat(kept(order(draft(asked -> asked.wish = wish)), CacheSettings.USUAL))
                .extracting(Keeping::reads, Keeping::writes, Keeping::maxAge)
                .containsExactly(reads, writes, maxAge == null ? null : Duration.ofSeconds(maxAge));
    }

    @Test
    void similarQuestionsAreLookedForWhereTheTaskSaysSo() {
        Keeping.Meaning one = meaning(order(ask("who?"), SIMILAR));
        Keeping.Meaning two = meaning(order(ask("what?"), SIMILAR));
        Keeping.Meaning others = meaning(order(draft(asked -> asked.tenant = "t"), SIMILAR));

        assertThat(one.question()).isEqualTo("who?");
        assertThat(one.threshold()).isEqualTo(0.9);
        assertThat(two.scope()).isEqualTo(one.scope()).isNotEqualTo(others.scope());
    }
}
