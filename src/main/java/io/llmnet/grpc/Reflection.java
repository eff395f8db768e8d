package io.llmnet.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionProto;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.grpc.common.GrpcStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients what our services look like. Its versions 1 and 1alpha are the same in all but their name, so one answers for
 * both.
 */
final class Reflection {
    static final List<String> NAMES =
            List.of("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

    /** None of them imports another. */
    @SuppressWarnings("deprecation") // there are tools that only know the old one
    private static final List<FileDescriptor> FILES = List.of(
            Protocol.FILE,
            HealthProto.getDescriptor(),
            ServerReflectionProto.getDescriptor(),
            io.grpc.reflection.v1alpha.ServerReflectionProto.getDescriptor());

    private final Map<String, FileDescriptor> bySymbol = new HashMap<>();

    Reflection() {
        for (FileDescriptor file : FILES) {
            file.getServices().forEach(this::add);
            file.getMessageTypes().forEach(this::add);
            file.getEnumTypes().forEach(type -> bySymbol.put(type.getFullName(), file));
        }
    }

    private void add(ServiceDescriptor service) {
        bySymbol.put(service.getFullName(), service.getFile());
        service.getMethods().forEach(method -> bySymbol.put(method.getFullName(), service.getFile()));
    }

    private void add(Descriptor message) {
        bySymbol.put(message.getFullName(), message.getFile());
        message.getNestedTypes().forEach(this::add);
        message.getEnumTypes().forEach(type -> bySymbol.put(type.getFullName(), message.getFile()));
    }

    /** Answers each question in its turn. */
    void accept(Exchange exchange) {
        exchange.hear(message -> exchange.send(answer(message)), exchange::finish);
    }

    private ServerReflectionResponse answer(byte[] message) {
        ServerReflectionRequest request;
        try {
            request = ServerReflectionRequest.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new ChatException(Fault.BAD_REQUEST, "the message is no reflection request", e);
        }
        ServerReflectionResponse.Builder response = ServerReflectionResponse.newBuilder()
                .setValidHost(request.getHost())
                .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case FILE_BY_FILENAME -> file(response, byName(request.getFileByFilename()));
            case FILE_CONTAINING_SYMBOL -> file(response, bySymbol.get(request.getFileContainingSymbol()));
            case LIST_SERVICES -> response.setListServicesResponse(services());
            case ALL_EXTENSION_NUMBERS_OF_TYPE -> extensions(response, request.getAllExtensionNumbersOfType());
            case FILE_CONTAINING_EXTENSION -> notFound(response);
            case MESSAGEREQUEST_NOT_SET -> error(response, GrpcStatus.INVALID_ARGUMENT, "nothing is asked");
        }
        return response.build();
    }

    private static @Nullable FileDescriptor byName(String name) {
        return FILES.stream()
                .filter(file -> file.getFullName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void file(ServerReflectionResponse.Builder response, @Nullable FileDescriptor file) {
        if (file == null) {
            notFound(response);
        } else {
            response.setFileDescriptorResponse(FileDescriptorResponse.newBuilder()
                    .addFileDescriptorProto(file.toProto().toByteString()));
        }
    }

    private static ListServiceResponse services() {
        ListServiceResponse.Builder all = ListServiceResponse.newBuilder();
        FILES.stream()
                .flatMap(file -> file.getServices().stream())
                .forEach(service -> all.addService(ServiceResponse.newBuilder().setName(service.getFullName())));
        return all.build();
    }

    /** No type of ours has any. */
    private void extensions(ServerReflectionResponse.Builder response, String type) {
        if (bySymbol.containsKey(type)) {
            response.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder().setBaseTypeName(type));
        } else {
            notFound(response);
        }
    }

    private static void notFound(ServerReflectionResponse.Builder response) {
        error(response, GrpcStatus.NOT_FOUND, "there is no such thing here");
    }

    private static void error(ServerReflectionResponse.Builder response, GrpcStatus status, String message) {
        response.setErrorResponse(
                ErrorResponse.newBuilder().setErrorCode(status.code).setErrorMessage(message));
    }
}
