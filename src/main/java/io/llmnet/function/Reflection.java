package io.llmnet.function;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Set;

/**
 * Asks a gRPC server what its services look like, by the reflection protocol in its version 1, or 1alpha where the server has
 * only that. Its messages are so few that they are read by the numbers of their fields.
 */
final class Reflection {
    private static final List<String> VERSIONS = List.of("v1", "v1alpha");
    private static final int FILE_BY_NAME = 3;
    private static final int FILE_CONTAINING_SYMBOL = 4;
    private static final int FILES = 4;
    private static final int FILES_CONTENT = 1;

    private final GrpcLine line;
    private final GrpcAddress address;
    private final Pending pending;

    Reflection(GrpcLine line, GrpcAddress address, Pending pending) {
        this.line = line;
        this.address = address;
        this.pending = pending;
    }

    /** All that describes a service. */
    Future<Descriptors> describe(String service) {
        return ask(FILE_CONTAINING_SYMBOL, service, VERSIONS).compose(version -> whole(version, new Descriptors()));
    }

    private record Told(String version, List<byte[]> files) {}

    private Future<Descriptors> whole(Told told, Descriptors descriptors) {
        descriptors.add(told.files());
        Set<String> missing = descriptors.missing();
        if (missing.isEmpty()) {
            return Future.succeededFuture(descriptors);
        }
        return ask(FILE_BY_NAME, missing.iterator().next(), List.of(told.version()))
                .compose(more -> whole(more, descriptors));
    }

    private Future<Told> ask(int field, String name, List<String> versions) {
        byte[] request = UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(name))
                                .build())
                .build()
                .toByteArray();
        String version = versions.get(0);
        String method = "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo";
        return line.ask(address, method, request, pending)
                .map(answer -> new Told(version, files(answer)))
                .recover(why -> isUnknown(why) && versions.size() > 1
                        ? ask(field, name, versions.subList(1, versions.size()))
                        : Future.failedFuture(isUnknown(why) ? noReflection() : why));
    }

    private static boolean isUnknown(Throwable why) {
        return why instanceof GrpcRefusal refusal && refusal.status() == GrpcStatus.UNIMPLEMENTED;
    }

    private static FunctionException noReflection() {
        return new FunctionException(
                "the server does not tell what its services look like; name a descriptor set with" + " \"descriptor\"");
    }

    private static List<byte[]> files(byte[] answer) {
        try {
            UnknownFieldSet response = UnknownFieldSet.parseFrom(answer);
            List<ByteString> told = response.getField(FILES).getLengthDelimitedList();
            if (told.isEmpty()) {
                throw new FunctionException("the server does not know its service");
            }
            return UnknownFieldSet.parseFrom(told.get(0)).getField(FILES_CONTENT).getLengthDelimitedList().stream()
                    .map(ByteString::toByteArray)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new FunctionException("the server's reflection cannot be understood");
        }
    }
}
