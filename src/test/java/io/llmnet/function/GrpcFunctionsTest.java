package io.llmnet.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.llmnet.FakeBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC functions against a real server. */
class GrpcFunctionsTest {
    private final Caller caller = new Caller();
    private @Nullable Server server;

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        caller.close();
        if (server != null) {
            server.shutdownNow();
        }
    }

    private String function(String method, String rest) {
        return "{type: grpc, address: '127.0.0.1:"
                + Objects.requireNonNull(server).getPort() + "', service: maths.Judge, method: " + method + rest + "}";
    }

    private void serve(Object... reflection) throws Exception {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(Judge.service());
        for (Object one : reflection) {
            builder.addService((io.grpc.BindableService) one);
        }
        server = builder.build().start();
    }

    @Test
    void aServerThatTellsOfItselfIsCalledInJson() throws Exception {
        serve(ProtoReflectionServiceV1.newInstance());
        caller.with("INPUT", "2*4 \"x\"").with("OUTPUT", "8");

        String first = caller.call(function("Check", ", request: {expression: $INPUT, result: $OUTPUT}"))
                .orElseThrow();
        String second = caller.call(function("Check", "")).orElseThrow();

        assertThat(first).isEqualTo("{\"verdict\":\"2*4 \\\"x\\\" = 8\"}");
        assertThat(second).isEqualTo("{\"verdict\":\" = 0\"}");
    }

    @Test
    @SuppressWarnings("deprecation") // it is what older servers have
    void theOlderReflectionWillDo() throws Exception {
        serve(io.grpc.protobuf.services.ProtoReflectionService.newInstance());

        assertThat(caller.call(function("Check", ", request: {result: 8}"))).contains("{\"verdict\":\" = 8\"}");
    }

    @Test
    void aDescriptorSetWillDoWhereAServerDoesNotTell() throws Exception {
        serve();
        Path set = Files.write(folder.resolve("set.bin"), Judge.descriptorSet().toByteArray());

        assertThat(caller.failure(function("Check", "")))
                .isEqualTo("gRPC call failed: the server does not tell what its services look like; name a descriptor"
                        + " set with \"descriptor\"");
        assertThat(caller.call(function("Check", ", descriptor: '" + set + "', request: {result: 8}")))
                .contains("{\"verdict\":\" = 8\"}");
        assertThat(caller.failure(function("Check", ", descriptor: '" + folder.resolve("none") + "'")))
                .endsWith("none cannot be read");
    }

    @Test
    void whatCannotBeCalledIsTold() throws Exception {
        serve(ProtoReflectionServiceV1.newInstance());

        assertThat(caller.failure(function("Fail", "")))
                .isEqualTo("gRPC call failed: " + Status.Code.FAILED_PRECONDITION);
        assertThat(caller.failure(function("Nothing", "")))
                .isEqualTo("gRPC call failed: there is no method maths.Judge/Nothing");
        assertThat(caller.failure(function("Watch", "")))
                .isEqualTo("gRPC call failed: its method streams, and only unary ones can be called");
        assertThat(caller.failure(function("Check", ", request: {resultat: 8}")))
                .isEqualTo("gRPC call failed: its request does not fit maths.Question");
        assertThat(caller.failure(function("Check", "").replace("maths.Judge", "maths.Nobody")))
                .isEqualTo("gRPC call failed: the server does not know its service");
    }

    @Test
    void aServerThatHangsIsLeftInTime() throws Exception {
        serve(ProtoReflectionServiceV1.newInstance());

        assertThat(caller.failure(function("Hang", ", timeout: 500ms"))).isEqualTo("it took longer than 500 ms");
        assertThat(Judge.wasLeft()).isTrue();
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        String gone = "{type: grpc, address: '127.0.0.1:" + FakeBackend.nobody().getPort()
                + "', service: maths.Judge, method: Check}";

        assertThat(caller.failure(gone)).isEqualTo("gRPC call failed: the server cannot be reached");
    }
}
