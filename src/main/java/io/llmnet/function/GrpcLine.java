package io.llmnet.function;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Sends one message to a gRPC server and takes one back. Its connections are kept for a while, and shared. */
final class GrpcLine implements AutoCloseable {
    private static final int KEEP_SECONDS = 60;

    private final GrpcClient plain;
    private final GrpcClient secure;

    GrpcLine(Vertx vertx) {
        plain = client(vertx, transport().setHttp2ClearTextUpgrade(false));
        secure = client(vertx, transport().setSsl(true).setUseAlpn(true));
    }

    private static HttpClientOptions transport() {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2KeepAliveTimeout(KEEP_SECONDS);
    }

    private static GrpcClient client(Vertx vertx, HttpClientOptions transport) {
        return GrpcClient.client(
                vertx, new GrpcClientOptions().setTransportOptions(transport).setMaxMessageSize(Output.MOST_BYTES));
    }

    /**
     * The answer to a message.
     *
     * @param method in full: {@code package.Service/Method}
     */
    Future<byte[]> ask(GrpcAddress address, String method, byte[] message, Pending pending) {
        GrpcClient client = address.isSecure() ? secure : plain;
        return client.request(address.socket())
                .compose(request -> send(request, method, message, pending))
                .compose(GrpcLine::answer);
    }

    private static Future<GrpcClientResponse<Buffer, Buffer>> send(
            GrpcClientRequest<Buffer, Buffer> request, String method, byte[] message, Pending pending) {
        request.exceptionHandler(why -> {});
        pending.holds(request::cancel);
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(pending.leftNanos());
        request.headers().set("grpc-timeout", Math.max(1, leftMillis) + "m");
        return request.fullMethodName(method).send(Buffer.buffer(message));
    }

    private static Future<byte[]> answer(GrpcClientResponse<Buffer, Buffer> response) {
        Promise<byte[]> answer = Promise.promise();
        AtomicReference<byte[]> message = new AtomicReference<>();
        response.exceptionHandler(answer::tryFail);
        response.errorHandler(error -> answer.tryFail(new GrpcRefusal(error.status)));
        response.handler(buffer -> message.set(buffer.getBytes()));
        response.endHandler(end -> {
            byte[] brought = message.get();
            if (response.status() == GrpcStatus.OK && brought != null) {
                answer.tryComplete(brought);
            } else {
                GrpcStatus status = response.status();
                answer.tryFail(
                        new GrpcRefusal(status == null || status == GrpcStatus.OK ? GrpcStatus.UNKNOWN : status));
            }
        });
        return answer.future();
    }

    @Override
    public void close() {
        plain.close();
        secure.close();
    }
}
