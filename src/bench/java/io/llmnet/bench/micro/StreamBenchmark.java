package io.llmnet.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.protocol.openai.UsageTap;
import io.llmnet.protocol.sse.FirstContent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What watching a stream costs: its beginning once, then each event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {
    private static final int EVENTS = 1000;

    private final byte[] role = Words.event("{\"role\":\"assistant\",\"content\":\"\"}");
    private final byte[] text = Words.event("{\"content\":\"Three spiders have\"}");
    private final byte[] end = "data: [DONE]\n\n".getBytes(UTF_8);

    /** A role, then the first word. */
    @Benchmark
    public FirstContent.State firstContent() {
        FirstContent first = new FirstContent();
        first.feed(role);
        return first.feed(text);
    }

    /** One event of a long stream. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public boolean usageTap() {
        UsageTap tap = new UsageTap();
        for (int i = 1; i < EVENTS; i++) {
            tap.bytes(text);
        }
        tap.bytes(end);
        tap.end();
        return tap.isComplete();
    }
}
