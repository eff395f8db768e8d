package io.llmnet.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.llmnet.pool.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The services that load balancers and tools ask. */
class HealthAndReflectionTest {
    private final Opened opened;
    private final Client client;

    HealthAndReflectionTest() throws Exception {
        opened = new Opened(null);
        client = Client.plain(opened.door.port());
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        opened.close();
    }

    @Test
    void oneProviderThatCanBeAskedIsEnoughToServe() {
        assertThat(check("")).isEqualTo(ServingStatus.SERVING);

        opened.pool.health = new Health(false, Map.of("a", Health.ILL, "b", Health.WELL), "1");
        assertThat(check(Protocol.SERVICE)).isEqualTo(ServingStatus.SERVING);

        opened.pool.health = new Health(false, Map.of("a", Health.ILL), "1");
        assertThat(check(Protocol.SERVICE)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void aServiceThatIsNotHereIsNotFound() {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, () -> check("other"));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void whoWatchesHearsOfEachChangeAndOfTheEnd() throws Exception {
        Iterator<HealthCheckResponse> told = HealthGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(30, SECONDS)
                .watch(request(""));

        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        opened.pool.health = new Health(false, Map.of("a", Health.ILL), "1");
        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        opened.pool.health = new Health(true, Map.of("a", Health.WELL), "1");
        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        opened.door.close(Duration.ofSeconds(20)).toCompletableFuture().get(10, SECONDS);

        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        StatusRuntimeException end = catchThrowableOfType(StatusRuntimeException.class, told::hasNext);
        assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whoWatchesWhatIsNotHereIsToldSo() {
        Iterator<HealthCheckResponse> told = HealthGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(30, SECONDS)
                .watch(request("other"));

        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
    }

    @Test
    void reflectionTellsAllServicesAndWhatTheyLookLike() throws Exception {
        List<ServerReflectionResponse> told = reflect(
                ServerReflectionRequest.newBuilder().setListServices("").build(),
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol("vvtv.llmpool.v1.LLMPool.Infer")
                        .build(),
                ServerReflectionRequest.newBuilder()
                        .setFileByFilename("vvtv/llmpool/v1/llmpool.proto")
                        .build(),
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol("nosuch.Service")
                        .build(),
                ServerReflectionRequest.newBuilder()
                        .setAllExtensionNumbersOfType("vvtv.llmpool.v1.Query")
                        .build());

        assertThat(told.get(0).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactlyInAnyOrder(
                        "vvtv.llmpool.v1.LLMPool",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
        FileDescriptorProto file = FileDescriptorProto.parseFrom(
                told.get(1).getFileDescriptorResponse().getFileDescriptorProto(0));
        assertThat(file).isEqualTo(Protocol.FILE.toProto());
        assertThat(told.get(2).getFileDescriptorResponse())
                .isEqualTo(told.get(1).getFileDescriptorResponse());
        assertThat(told.get(3).getErrorResponse().getErrorCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(told.get(4).getAllExtensionNumbersResponse().getBaseTypeName())
                .isEqualTo("vvtv.llmpool.v1.Query");
    }

    @Test
    @SuppressWarnings("deprecation") // that it is there is what is tested
    void reflectionSpeaksItsOlderVersion() throws Exception {
        CompletableFuture<io.grpc.reflection.v1alpha.ServerReflectionResponse> told = new CompletableFuture<>();
        var asking = io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(client.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(io.grpc.reflection.v1alpha.ServerReflectionResponse response) {
                        told.complete(response);
                    }

                    @Override
                    public void onError(Throwable why) {
                        told.completeExceptionally(why);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setListServices("")
                .build());

        assertThat(told.get(10, SECONDS).getListServicesResponse().getServiceCount())
                .isEqualTo(4);
        asking.onCompleted();
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(client.channel())
                .check(request(service))
                .getStatus();
    }

    private static HealthCheckRequest request(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private List<ServerReflectionResponse> reflect(ServerReflectionRequest... requests) throws Exception {
        CompletableFuture<List<ServerReflectionResponse>> all = new CompletableFuture<>();
        var asking = ServerReflectionGrpc.newStub(client.channel()).serverReflectionInfo(new StreamObserver<>() {
            private final List<ServerReflectionResponse> heard = new ArrayList<>();

            @Override
            public void onNext(ServerReflectionResponse response) {
                heard.add(response);
            }

            @Override
            public void onError(Throwable why) {
                all.completeExceptionally(why);
            }

            @Override
            public void onCompleted() {
                all.complete(heard);
            }
        });
        for (ServerReflectionRequest request : requests) {
            asking.onNext(request);
        }
        asking.onCompleted();
        return all.get(10, SECONDS);
    }
}
