package io.llmnet.bench.micro;

import io.llmnet.pipeline.Condition;
import io.llmnet.pipeline.Situation;
import io.llmnet.pipeline.file.Compositions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one rule costs a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConditionBenchmark {
    private static final String INPUT = "How many legs do three spiders have?";
    private static final Map<String, String> REQUEST = Map.of("HEADER.x-team", "blue", "BODY.temperature", "0.7");

    @Param({
        "$WORD_COUNT < 10",
        "$PREV_NODE == 'router'",
        "$CURRENT_INPUT",
        "$WORD_COUNT > 3 && ($PREV_NODE == 'desk' || !$ROUTE_DECISION) && $HOP_COUNT < 5",
        "$PREV_NODE in [desk, 'front', router] && $CURRENT_INPUT contains spiders",
        "$HEADER.x-team == 'blue' && $BODY.temperature < 0.8",
        "$CURRENT_INPUT matches '(?:legs|arms) do [a-z]+ spiders'"
    })
    public String text;

    private final Situation situation =
            new Situation(INPUT, INPUT, "router", 0, 0, 1, 1_700_000_000L, "r-1", null, REQUEST::get);

    private Condition condition;

    @Setup
    public void compile() {
        String file = Words.pipeline(1).replace("$WORD_COUNT < 0", text);
        condition = Compositions.read("rules.json", file, name -> null)
                .graph()
                .orElseThrow()
                .node("n0")
                .condition();
    }

    @Benchmark
    public boolean holds() {
        return condition.holds(situation);
    }
}
