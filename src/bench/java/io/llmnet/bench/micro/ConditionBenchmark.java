package io.llmnet.bench.micro;

import io.llmnet.pipeline.Condition;
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
    private static final Map<String, String> VARIABLES =
            Map.of("WORD_COUNT", "12", "PREV_NODE", "router", "CURRENT_INPUT", "How many legs do three spiders have?");

    @Param({"$WORD_COUNT < 10", "$PREV_NODE == 'router'", "$CURRENT_INPUT"})
    public String text;

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
        return condition.holds(VARIABLES::get);
    }
}
