package io.llmnet.bench.micro;

import io.llmnet.chat.Call;
import io.llmnet.protocol.openai.ChatBody;
import io.llmnet.protocol.openai.Head;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A request read, given another model, and edited for a node; short chats and long ones (300 bytes a turn). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestBenchmark {
    @Param({"1", "50"})
    public int turns;

    private byte[] body;
    private Head head;

    @Setup
    public void write() {
        body = Words.request(turns);
        head = head();
    }

    @Benchmark
    public Head head() {
        return Head.read(body, Call.Dialect.CHAT);
    }

    @Benchmark
    public byte[] otherModel() {
        return head.withModel(body, "llama3.1:8b");
    }

    @Benchmark
    public byte[] forInnerNode() {
        return ChatBody.parse(body).forInner("llama3.1:8b", "Think step by step.", "Another question.");
    }

    @Benchmark
    public byte[] forAnsweringNode() {
        return ChatBody.parse(body).forAnswering("llama3.1:8b", "Think step by step.", null);
    }
}
