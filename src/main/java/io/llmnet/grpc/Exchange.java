package io.llmnet.grpc;

import com.google.protobuf.Message;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client: hears what it says, and answers it once. Whatever comes after that is of no meaning. Lives on the
 * event loop of the client's connection.
 */
final class Exchange {
    static final String ENCODING = "grpc-encoding";
    static final String IDENTITY = "identity";
    private static final Set<String> ENCODINGS = Set.of(IDENTITY, "gzip");

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final int mostBytes;
    private Runnable whenOver = () -> {};
    private Runnable whenLeft = () -> {};
    private boolean isOver;

    /**
     * A call that nobody listens to yet.
     *
     * @param mostBytes of a message, unpacked
     */
    Exchange(GrpcServerRequest<Buffer, Buffer> request, int mostBytes) {
        this.request = request;
        this.response = request.response();
        this.mostBytes = mostBytes;
        // How a client leaves depends on what it has said and heard so far.
        request.errorHandler(error -> left());
        request.exceptionHandler(why -> left());
        response.exceptionHandler(why -> left());
        request.invalidMessageHandler(why -> refuseSize());
    }

    /** The method in full: {@code package.Service/Method}. */
    String method() {
        return request.fullMethodName();
    }

    @Nullable
    String header(String name) {
        return request.headers().get(name);
    }

    /** Is told once, when it is answered or the client has left. */
    void onOver(Runnable listener) {
        whenOver = listener;
    }

    /** Is told when the client has left before it was answered. */
    void onLeft(Runnable listener) {
        whenLeft = listener;
    }

    /** Hears messages one by one, and then that there are no more. */
    void hear(Consumer<byte[]> message, Runnable end) {
        String encoding = header(ENCODING);
        if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            fail(GrpcStatus.UNIMPLEMENTED, "messages may be packed with gzip, or not at all", Map.of());
            return;
        }
        request.messageHandler(packed -> guarded(() -> {
            byte[] unpacked = unpacked(packed);
            if (unpacked == null) {
                refuseSize();
            } else {
                message.accept(unpacked);
            }
        }));
        request.endHandler(nothing -> guarded(end));
    }

    /** Hears the only message. */
    void hearOne(Consumer<byte[]> message) {
        List<byte[]> heard = new ArrayList<>(1);
        hear(
                one -> {
                    if (heard.isEmpty()) {
                        heard.add(one);
                    } else {
                        fail(GrpcStatus.INVALID_ARGUMENT, "one message is wanted, and more came", Map.of());
                    }
                },
                () -> {
                    if (heard.isEmpty()) {
                        fail(GrpcStatus.INVALID_ARGUMENT, "one message is wanted, and none came", Map.of());
                    } else {
                        message.accept(heard.get(0));
                    }
                });
    }

    /** Sends one of several messages. */
    void send(Message message) {
        if (!isOver) {
            response.write(Buffer.buffer(message.toByteArray()));
        }
    }

    /** Sends the only message, or the last. */
    void finish(Message message) {
        if (over()) {
            response.end(Buffer.buffer(message.toByteArray()));
        }
    }

    /** Ends after what was sent. */
    void finish() {
        if (over()) {
            response.end();
        }
    }

    void fail(ChatException why) {
        fail(Statuses.of(why.fault()), why.text(), why.details().headers());
    }

    /**
     * Ends with a failure.
     *
     * @param trailers for programs
     */
    void fail(GrpcStatus status, String message, Map<String, String> trailers) {
        if (over()) {
            trailers.forEach(response.trailers()::add);
            response.status(status).statusMessage(message).end();
        }
    }

    private void refuseSize() {
        fail(GrpcStatus.RESOURCE_EXHAUSTED, "the message is larger than " + mostBytes + " bytes", Map.of());
    }

    private void guarded(Runnable step) {
        try {
            if (!isOver) {
                step.run();
            }
        } catch (RuntimeException e) {
            fail(Statuses.known(e));
        }
    }

    /** Null where it is larger than allowed: a small message may unpack to any size. */
    private byte @Nullable [] unpacked(GrpcMessage message) {
        byte[] payload = message.payload().getBytes();
        if (IDENTITY.equals(message.encoding())) {
            return payload;
        }
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(payload))) {
            byte[] unpacked = unpacking.readNBytes(mostBytes + 1);
            return unpacked.length > mostBytes ? null : unpacked;
        } catch (IOException e) {
            throw new ChatException(Fault.BAD_REQUEST, "the message cannot be unpacked", e);
        }
    }

    private void left() {
        if (over()) {
            whenLeft.run();
        }
    }

    /** Whether it was not over before. */
    private boolean over() {
        if (isOver) {
            return false;
        }
        isOver = true;
        whenOver.run();
        return true;
    }
}
