package io.llmnet.bench.micro;

import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a pipeline's text to its checked graph. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CompileBenchmark {
    @Param({"1", "10", "100"})
    public int nodes;

    private String text;

    @Setup
    public void write() {
        text = Words.pipeline(nodes);
        read().graph().orElseThrow();
    }

    @Benchmark
    public Reading read() {
        return Compositions.read("pipeline.json", text, name -> null);
    }
}
