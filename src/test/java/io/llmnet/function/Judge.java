package io.llmnet.function;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A gRPC service of two files that import one another, made without generated code. */
final class Judge {
    private static final FileDescriptorProto MESSAGES = FileDescriptorProto.newBuilder()
            .setName("messages.proto")
            .setPackage("maths")
            .setSyntax("proto3")
            .addMessageType(DescriptorProto.newBuilder()
                    .setName("Question")
                    .addField(field("expression", 1, FieldDescriptorProto.Type.TYPE_STRING))
                    .addField(field("result", 2, FieldDescriptorProto.Type.TYPE_INT32)))
            .addMessageType(DescriptorProto.newBuilder()
                    .setName("Answer")
                    .addField(field("verdict", 1, FieldDescriptorProto.Type.TYPE_STRING)))
            .build();

    private static final FileDescriptorProto SERVICE = FileDescriptorProto.newBuilder()
            .setName("judge.proto")
            .setPackage("maths")
            .setSyntax("proto3")
            .addDependency("messages.proto")
            .addService(ServiceDescriptorProto.newBuilder()
                    .setName("Judge")
                    .addMethod(method("Check"))
                    .addMethod(method("Fail"))
                    .addMethod(method("Hang"))
                    .addMethod(method("Watch").setServerStreaming(true)))
            .build();

    private static final FileDescriptor FILE = file();
    private static final CountDownLatch LEFT = new CountDownLatch(1);

    private Judge() {}

    static FileDescriptorSet descriptorSet() {
        return FileDescriptorSet.newBuilder().addFile(SERVICE).addFile(MESSAGES).build();
    }

    /** Whether a caller of {@code Hang} has gone; waits for it. */
    static boolean wasLeft() throws InterruptedException {
        return LEFT.await(10, TimeUnit.SECONDS);
    }

    static ServerServiceDefinition service() {
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder("maths.Judge");
        descriptor.setSchemaDescriptor(new Schema("Check"));
        List<MethodDescriptor> methods = FILE.getServices().get(0).getMethods();
        var bound = methods.stream().map(Judge::grpc).toList();
        bound.forEach(descriptor::addMethod);
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        for (int at = 0; at < methods.size(); at++) {
            MethodDescriptor method = methods.get(at);
            service.addMethod(
                    bound.get(at), ServerCalls.asyncUnaryCall((request, answer) -> answer(method, request, answer)));
        }
        return service.build();
    }

    private static void answer(MethodDescriptor method, DynamicMessage request, StreamObserver<DynamicMessage> answer) {
        switch (method.getName()) {
            case "Fail" ->
                answer.onError(Status.FAILED_PRECONDITION
                        .withDescription("the prompt was bad")
                        .asRuntimeException());
            case "Hang" -> ((ServerCallStreamObserver<DynamicMessage>) answer).setOnCancelHandler(LEFT::countDown);
            default -> {
                Descriptor type = method.getOutputType();
                String verdict = value(request, "expression") + " = " + value(request, "result");
                answer.onNext(DynamicMessage.newBuilder(type)
                        .setField(type.findFieldByName("verdict"), verdict)
                        .build());
                answer.onCompleted();
            }
        }
    }

    private static Object value(DynamicMessage message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> grpc(MethodDescriptor method) {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("maths.Judge/" + method.getName())
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .setSchemaDescriptor(new Schema(method.getName()))
                .build();
    }

    private record Schema(String method) implements ProtoMethodDescriptorSupplier {
        @Override
        public MethodDescriptor getMethodDescriptor() {
            return getServiceDescriptor().findMethodByName(method);
        }

        @Override
        public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
            return FILE.getServices().get(0);
        }

        @Override
        public FileDescriptor getFileDescriptor() {
            return FILE;
        }
    }

    private static FileDescriptor file() {
        try {
            FileDescriptor messages = FileDescriptor.buildFrom(MESSAGES, new FileDescriptor[0]);
            return FileDescriptor.buildFrom(SERVICE, new FileDescriptor[] {messages});
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setJsonName(name)
                .setNumber(number)
                .setType(type)
                .build();
    }

    private static MethodDescriptorProto.Builder method(String name) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".maths.Question")
                .setOutputType(".maths.Answer");
    }
}
