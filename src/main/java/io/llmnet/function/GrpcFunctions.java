package io.llmnet.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes unary gRPC calls, JSON in and JSON out, by what the server or a descriptor set tells of the service. */
final class GrpcFunctions implements AutoCloseable {
    private static final String FAILED = "gRPC call failed: ";
    private static final int MOST_KNOWN = 1000;

    private final Vertx vertx;
    private final GrpcLine line;
    private final Map<Known, MethodDescriptor> methods = new ConcurrentHashMap<>();

    private record Known(String address, String service, String method, Optional<String> descriptor) {
        static Known of(Function.Grpc grpc) {
            return new Known(grpc.address(), grpc.service(), grpc.method(), Optional.ofNullable(grpc.descriptor()));
        }
    }

    GrpcFunctions(Vertx vertx) {
        this.vertx = vertx;
        this.line = new GrpcLine(vertx);
    }

    void call(Function.Grpc grpc, Variables variables, Pending pending) {
        String request = grpc.request() == null ? "{}" : grpc.request().fill(variables);
        GrpcAddress address = GrpcAddress.of(grpc.address());
        method(grpc, address, pending)
                .compose(method -> ask(grpc, address, method, request, pending))
                .onSuccess(answer -> pending.bring(Output.ofJson(answer.getBytes(UTF_8))))
                .onFailure(why -> {
                    // The server may have changed: it is asked anew next time.
                    methods.remove(Known.of(grpc));
                    pending.fail(FAILED + reason(why));
                });
    }

    private static String reason(Throwable why) {
        boolean isTold = why instanceof FunctionException || why instanceof GrpcRefusal;
        return isTold ? String.valueOf(why.getMessage()) : Reasons.of(why);
    }

    private Future<MethodDescriptor> method(Function.Grpc grpc, GrpcAddress address, Pending pending) {
        MethodDescriptor known = methods.get(Known.of(grpc));
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return descriptors(grpc, address, pending).map(descriptors -> {
            MethodDescriptor found = descriptors.method(grpc.service(), grpc.method());
            if (methods.size() >= MOST_KNOWN) {
                methods.clear();
            }
            methods.put(Known.of(grpc), found);
            return found;
        });
    }

    private Future<Descriptors> descriptors(Function.Grpc grpc, GrpcAddress address, Pending pending) {
        if (grpc.descriptor() == null) {
            return new Reflection(line, address, pending).describe(grpc.service());
        }
        return vertx.fileSystem()
                .readFile(grpc.descriptor())
                .transform(read -> read.succeeded()
                        ? Future.succeededFuture(Descriptors.ofSet(read.result().getBytes()))
                        : Future.failedFuture(
                                new FunctionException("its descriptor " + grpc.descriptor() + " cannot be read")));
    }

    private Future<String> ask(
            Function.Grpc grpc, GrpcAddress address, MethodDescriptor method, String request, Pending pending) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
        try {
            JsonFormat.parser().merge(request, message);
        } catch (InvalidProtocolBufferException e) {
            return Future.failedFuture(new FunctionException(
                    "its request does not fit " + method.getInputType().getFullName()));
        }
        return line.ask(
                        address,
                        grpc.service() + "/" + grpc.method(),
                        message.build().toByteArray(),
                        pending)
                .map(answer -> json(method, answer));
    }

    private static String json(MethodDescriptor method, byte[] answer) {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(DynamicMessage.parseFrom(method.getOutputType(), answer));
        } catch (InvalidProtocolBufferException e) {
            throw new FunctionException(
                    "its answer is no " + method.getOutputType().getFullName());
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
