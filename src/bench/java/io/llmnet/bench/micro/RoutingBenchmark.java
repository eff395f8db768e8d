package io.llmnet.bench.micro;

import io.llmnet.registry.Card;
import io.llmnet.registry.Roster;
import io.llmnet.routing.Decision;
import io.llmnet.routing.House;
import io.llmnet.routing.Needs;
import io.llmnet.routing.Purse;
import io.llmnet.routing.Router;
import io.llmnet.routing.Rules;
import io.llmnet.routing.Wish;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs a request to choose its backend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
    /** Backends, and how many of them have the model. */
    @Param({"10/10", "100/100", "1000/1000", "1000/1"})
    public String backends;

    @Param({"SMART", "LATENCY", "ROUND_ROBIN"})
    public Rules.Strategy strategy;

    private Roster roster = Roster.EMPTY;
    private Router router;
    private long conversation;

    @Setup
    public void build() {
        String[] counts = backends.split("/", 2);
        int all = Integer.parseInt(counts[0]);
        int having = Integer.parseInt(counts[1]);
        House house = new House();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < all; i++) {
            String name = "backend-" + i;
            String model = i < having ? House.MODEL : "model-" + i;
            house.put(House.said(name), Card.named(model));
            house.busy(name, random.nextInt(4));
            house.took(name, 50 + random.nextInt(500));
        }
        roster = house.roster();
        router = new Router(
                new Rules(
                        strategy,
                        Rules.Weights.USUAL,
                        Map.of("chat", House.MODEL),
                        Map.of(),
                        List.of(new Rules.Policy("gpt-*", null, 3, false)),
                        true,
                        Rules.Quality.USUAL),
                random);
    }

    @Benchmark
    public Decision decide() {
        Wish wish = new Wish(House.MODEL, Needs.NONE, Wish.Strictness.POLICY, conversation++ & 1023);
        return router.decide(wish, roster, Purse.OPEN, 1_000_000_000L);
    }
}
