package io.llmnet.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.Future;

/** A client as grpc-java makes it. */
public final class Client implements AutoCloseable {
    private static final Descriptor HEALTH_REQUEST = Protocol.FILE.findMessageTypeByName("HealthRequest");

    private final ManagedChannel channel;

    Client(ManagedChannel channel) {
        this.channel = channel;
    }

    public static Client plain(int port) {
        return new Client(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Asks, and waits for the answer. */
    public Message infer(String query) {
        return infer(query, CallOptions.DEFAULT);
    }

    Message infer(String query, CallOptions options) {
        return ClientCalls.blockingUnaryCall(
                channel, method("Infer", Protocol.QUERY, Protocol.ANSWER), options, query(query));
    }

    /** Asks, with these metadata, and waits for the answer. */
    Message infer(String query, Metadata metadata) {
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
                method("Infer", Protocol.QUERY, Protocol.ANSWER),
                CallOptions.DEFAULT,
                query(query));
    }

    /** Asks, and does not wait. */
    Future<Message> begin(String query) {
        return ClientCalls.futureUnaryCall(
                channel.newCall(method("Infer", Protocol.QUERY, Protocol.ANSWER), CallOptions.DEFAULT), query(query));
    }

    public Message health() {
        return ClientCalls.blockingUnaryCall(
                channel,
                method("Health", HEALTH_REQUEST, Protocol.HEALTH),
                CallOptions.DEFAULT,
                DynamicMessage.getDefaultInstance(HEALTH_REQUEST));
    }

    /** A message in protobuf's text form. */
    static Message query(String text) {
        DynamicMessage.Builder query = DynamicMessage.newBuilder(Protocol.QUERY);
        try {
            TextFormat.merge(text, query);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return query.build();
    }

    static MethodDescriptor<Message, Message> method(String name, Descriptor request, Descriptor response) {
        return MethodDescriptor.<Message, Message>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(Protocol.SERVICE + "/" + name)
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(request)))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(response)))
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
