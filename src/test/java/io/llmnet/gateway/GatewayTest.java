package io.llmnet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.chat.Usage;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.dispatch.Terms;
import io.llmnet.dispatch.VirtualTime;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Head;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Card;
import io.llmnet.registry.Price;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Router;
import io.llmnet.routing.Rules;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final String HEAD =
            "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n";

    private final VirtualTime time = new VirtualTime();
    private final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, BiFunction<Backend, Ask, CompletionStage<Answer>>> acts = new HashMap<>();
    private final Rules rules = new Rules(
            Rules.Strategy.PRIORITY_ONLY,
            Rules.Weights.USUAL,
            Map.of("alias", "m"),
            Map.of("big", List.of("m")),
            List.of(new Rules.Policy("m-private", Zone.RESTRICTED, 0, true)),
            false,
            Rules.Quality.USUAL);
    private final Dispatch dispatch = new Dispatch(this::asks, time, time::nanoTime, () -> Terms.USUAL);
    private final Gateway gateway = gateway();

    private Gateway gateway() {
        Router router = new Router(rules, new Random(1));
        Gateway made = new Gateway(
                registry,
                dispatch,
                () -> new Gateway.Settings(router, true),
                () -> Allowance.NONE,
                Continuing::of,
                time::nanoTime);
        made.onOutcome(outcomes::add);
        return made;
    }

    private CompletionStage<Answer> asks(Backend backend, Ask ask) {
        asked.add(backend.name());
        return acts.getOrDefault(backend.name(), (one, question) -> {
                    question.tab().add(Usage.of(10, 5));
                    return json("{\"from\":\"" + one.name() + "\"}");
                })
                .apply(backend, ask);
    }

    @Test
    void theCallerIsToldWhoAnsweredAndWhyAndTheRequestIsToldOnce() {
        has("desk", "ollama", 10, Zone.RESTRICTED, Card.named("m").at(new Price(1, 2)));

        Answer answer = ask(call("alias", false)).join();

        assertThat(answer.headers())
                .containsEntry("x-llmnet-backend", "desk")
                .containsEntry("x-nexus-backend", "desk")
                .containsEntry("x-llmnet-model", "m")
                .containsEntry("x-nexus-backend-type", "local")
                .containsEntry("x-nexus-privacy-zone", "restricted")
                .containsEntry("x-nexus-route-reason", "capability-match")
                .containsEntry("x-llmnet-route-reason", "only_healthy_backend")
                .containsEntry("x-llmnet-attempts", "1")
                .containsEntry("x-nexus-cost-estimated", "0.0000");
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.asked()).isEqualTo("alias");
            assertThat(outcome.model()).isEqualTo("m");
            assertThat(outcome.backend()).isEqualTo("desk");
            assertThat(outcome.status()).isEqualTo(200);
            assertThat(outcome.cost()).isEqualTo(20e-6);
        });
    }

    @Test
    void theNextBackendAnswersWhenTheFirstFailsAndTheHeadersSaySo() {
        has("a", "vllm", 10, Zone.RESTRICTED, Card.named("m"));
        has("b", "openai", 20, Zone.OPEN, Card.named("m"));
        acts.put("a", (backend, ask) -> fails(Fault.BACKEND_UNREACHABLE));

        Answer answer = ask(call("m", false)).join();

        assertThat(asked).containsExactly("a", "b");
        assertThat(answer.headers())
                .containsEntry("x-llmnet-backend", "b")
                .containsEntry("x-nexus-backend-type", "cloud")
                .containsEntry("x-nexus-route-reason", "failover")
                .containsEntry("x-llmnet-attempts", "2");
    }

    @Test
    void aModelThatStandsInIsNamed() {
        has("a", "vllm", 10, Zone.RESTRICTED, Card.named("m"));

        Answer answer = ask(call("big", false)).join();

        assertThat(answer.headers()).containsEntry("x-nexus-fallback-model", "m");
        assertThat(outcomes.get(0).fallbackFor()).isEqualTo("big");
    }

    @Test
    void anUnknownModelIsRefusedAtOnceAndOneWhoseBackendsAreDownWithTheReasons() {
        has("a", "vllm", 10, Zone.RESTRICTED, Card.named("m"));
        assertThatThrownBy(() -> ask(call("other", false)).join())
                .satisfies(thrown -> assertThat(fault(thrown)).isEqualTo(Fault.MODEL_NOT_FOUND));
        for (int i = 0; i < 3; i++) {
            registry.report("a", Report.failed("it is on fire", Duration.ofMillis(1)), Registry.Thresholds.USUAL);
        }

        assertThatThrownBy(() -> ask(call("m", false)).join()).satisfies(thrown -> {
            assertThat(fault(thrown)).isEqualTo(Fault.NO_BACKEND);
            ChatException why = (ChatException) Objects.requireNonNull(thrown.getCause());
            assertThat(why.text()).contains("it is on fire");
            assertThat(why.details().context()).containsKey("rejections");
            assertThat(why.details().headers())
                    .containsEntry("x-nexus-rejection-reasons", "1 agents rejected by LifecycleReconciler");
        });
        assertThat(asked).isEmpty();
        assertThat(outcomes).extracting(Outcome::status).containsExactly(404, 503);
    }

    @Test
    void aStreamIsOverWhenItsLastByteWasPassedOn() {
        has("a", "vllm", 10, Zone.RESTRICTED, Card.named("m").at(new Price(0, 1_000_000)));
        acts.put("a", (backend, ask) -> stream(chunk("one", "Hi", "null") + chunk("one", "", "\"stop\"")));

        Answer answer = ask(call("m", true)).join();
        assertThat(outcomes).isEmpty();
        answer.body().whole().toCompletableFuture().join();

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(200);
            // It told no usage: its two events cost a token each.
            assertThat(outcome.cost()).isEqualTo(2);
        });
    }

    @Test
    void aStreamThatNobodyWantsIsOverToo() {
        has("a", "vllm", 10, Zone.RESTRICTED, Card.named("m"));
        acts.put("a", (backend, ask) -> stream(chunk("one", "Hi", "null")));

        ask(call("m", true)).join().body().cancel();

        assertThat(outcomes).extracting(Outcome::status).containsExactly(499);
    }

    @Test
    void anotherGoesOnWhereAStreamBreaks() {
        has("a", "llamacpp", 10, Zone.RESTRICTED, Card.named("m"));
        has("b", "llamacpp", 20, Zone.RESTRICTED, Card.named("m"));
        List<String> bodies = new ArrayList<>();
        acts.put("a", (backend, ask) -> breaking(chunk("one", "Hello ", "null")));
        acts.put("b", (backend, ask) -> {
            bodies.add(new String(ask.body(), UTF_8));
            return stream(chunk("two", "world", "null") + chunk("two", "", "\"stop\"") + "data: [DONE]\n\n");
        });

        String all = new String(
                ask(call("m", true)).join().body().whole().toCompletableFuture().join(), UTF_8);

        assertThat(all)
                .isEqualTo(chunk("one", "Hello ", "null")
                        + chunk("one", "world", "null")
                        + chunk("one", "", "\"stop\"")
                        + "data: [DONE]\n\n");
        assertThat(bodies)
                .singleElement()
                .asString()
                .endsWith("{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"Hello \"}]}");
        assertThat(outcomes).extracting(Outcome::status).containsExactly(200);
        assertThat(gateway.continuations()).isOne();
    }

    @Test
    void aStreamBreaksWhereNobodyCanGoOn() {
        has("a", "llamacpp", 10, Zone.RESTRICTED, Card.named("m"));
        has("b", "openai", 20, Zone.OPEN, Card.named("m"));
        acts.put("a", (backend, ask) -> breaking(chunk("one", "Hello ", "null")));

        Answer answer = ask(call("m", true)).join();

        assertThatThrownBy(() -> answer.body().whole().toCompletableFuture().join())
                .satisfies(thrown -> assertThat(fault(thrown)).isEqualTo(Fault.STREAM_BROKEN));
        assertThat(asked).containsExactly("a");
        assertThat(outcomes).extracting(Outcome::error).containsExactly("stream_broken");
    }

    @Test
    void manyInputsAreSharedAmongBackendsAndComeBackInOrder() {
        has("a", "generic", 10, Zone.RESTRICTED, Card.named("m"));
        has("b", "generic", 10, Zone.RESTRICTED, Card.named("m"));
        BiFunction<Backend, Ask, CompletionStage<Answer>> embeds = (backend, ask) -> {
            StringBuilder data = new StringBuilder();
            String[] inputs = new String(ask.body(), UTF_8)
                    .replaceAll(".*\"input\":\\[|].*", "")
                    .split(",", -1);
            for (int i = 0; i < inputs.length; i++) {
                data.append(i == 0 ? "" : ",")
                        .append("{\"index\":" + i + ",\"embedding\":[" + inputs[i].replace("\"", "") + "]}");
            }
            return json(
                    "{\"object\":\"list\",\"data\":[" + data + "],\"model\":\"m\",\"usage\":{\"prompt_tokens\":1}}");
        };
        acts.put("a", embeds);
        acts.put("b", embeds);
        StringBuilder inputs = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            inputs.append(i == 0 ? "" : ",").append("\"" + i + "\"");
        }

        Answer answer = ask(call("{\"model\":\"m\",\"input\":[" + inputs + "]}", Call.Dialect.EMBEDDINGS))
                .join();
        String json = new String(answer.body().whole().toCompletableFuture().join(), UTF_8);

        assertThat(asked).hasSize(2).containsOnly("a", "b");
        assertThat(json)
                .contains("\"index\":0,\"embedding\":[0]", "\"index\":150,\"embedding\":[150]")
                .endsWith("\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}");
    }

    @Test
    void whatAModelWasSeenToDoIsToldOnceItHasDoneIt() {
        has("a", "generic", 10, Zone.RESTRICTED, Card.named("m"));
        List<Sight> sights = new ArrayList<>();
        gateway.onSight(sights::add);

        ask(call("m", false)).join();
        assertThat(sights).isEmpty();
        ask(call(
                        "{\"model\":\"m\",\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        Call.Dialect.CHAT))
                .join();

        assertThat(sights).singleElement().satisfies(sight -> {
            assertThat(sight.backend()).isEqualTo("a");
            assertThat(sight.can().tools()).isEqualTo(Ability.YES);
            assertThat(sight.can().vision()).isEqualTo(Ability.UNKNOWN);
        });
    }

    @Test
    void whatComesFromAnotherGatewayGoesToNoFurtherOne() {
        has("next", "gateway", 10, Zone.RESTRICTED, Card.named("m"));
        Call plain = call("m", false);
        Call hopped = new Call(
                plain.id(),
                plain.dialect(),
                plain.model(),
                plain.modelAt(),
                false,
                false,
                plain.body(),
                name -> name.equals("x-llmnet-hops") ? "1" : null,
                plain.deadline(),
                plain.cancel(),
                plain.tab(),
                plain.home());

        assertThat(ask(plain).join().status()).isEqualTo(200);
        assertThatThrownBy(() -> ask(hopped).join())
                .satisfies(thrown -> assertThat(fault(thrown)).isEqualTo(Fault.LOOP_DETECTED));
    }

    private void has(String name, String kind, int priority, Zone zone, Card card) {
        Backend backend =
                new Backend(name, Backend.Speaks.OPENAI, URI.create("http://" + name), null, Timeouts.DEFAULT);
        registry.put(new Registration(backend, kind, zone, 1, priority, 1, 0, List.of(), Source.FILE));
        registry.report(name, Report.well(List.of(card), 0, null, Duration.ofMillis(1)), Registry.Thresholds.USUAL);
    }

    private Call call(String model, boolean stream) {
        return call(
                "{\"model\":\"" + model + "\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                Call.Dialect.CHAT);
    }

    private Call call(String body, Call.Dialect dialect) {
        byte[] bytes = body.getBytes(UTF_8);
        Head head = Head.read(bytes, dialect);
        return new Call(
                "id",
                dialect,
                head.model(),
                head.modelAt(),
                head.stream(),
                false,
                bytes,
                name -> null,
                Deadline.in(Duration.ofMinutes(5), time.nanoTime()),
                new Cancel(),
                new Tab(),
                Runnable::run,
                head.demand());
    }

    private CompletableFuture<Answer> ask(Call call) {
        return gateway.ask(call).toCompletableFuture();
    }

    private static String chunk(String id, String content, String finish) {
        return HEAD.formatted(id, content, finish);
    }

    private static CompletionStage<Answer> json(String json) {
        return CompletableFuture.completedFuture(
                Answer.of(200, "application/json", ByteStream.of(json.getBytes(UTF_8))));
    }

    private static CompletionStage<Answer> stream(String events) {
        return CompletableFuture.completedFuture(
                Answer.of(200, "text/event-stream", ByteStream.of(events.getBytes(UTF_8))));
    }

    private static CompletionStage<Answer> fails(Fault fault) {
        return CompletableFuture.failedFuture(new ChatException(fault, fault.code()));
    }

    /** A stream that breaks after these events. */
    private static CompletionStage<Answer> breaking(String events) {
        return CompletableFuture.completedFuture(Answer.of(200, "text/event-stream", new ByteStream() {
            @Override
            public void read(Reader reader) {
                reader.bytes(events.getBytes(UTF_8));
                reader.failed(new ChatException(Fault.STREAM_BROKEN, "it broke"));
            }

            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void cancel() {}
        }));
    }

    private static Fault fault(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return ((ChatException) Objects.requireNonNull(cause)).fault();
    }
}
