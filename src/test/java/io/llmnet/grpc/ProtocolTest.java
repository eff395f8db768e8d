package io.llmnet.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The descriptor that we speak by, held against the file that users make their clients of. */
class ProtocolTest {
    @Test
    void theDescriptorSaysWhatTheFileSays() throws IOException {
        String file = Files.readString(Path.of("src/main/proto/vvtv/llmpool/v1/llmpool.proto"), UTF_8)
                .replaceAll("//[^\n]*", "");

        assertThat(written(Protocol.FILE)).isEqualToIgnoringWhitespace(file);
    }

    /** A descriptor as a file; in the order of ours: services, then what they speak of. */
    private static String written(FileDescriptor file) {
        String types = Stream.of(
                        "Query", "Task", "Strategy", "Answer", "EnsembleDecision", "HealthRequest", "HealthResponse")
                .map(name -> type(file, name))
                .collect(Collectors.joining());
        assertThat(file.getMessageTypes().size() + file.getEnumTypes().size()).isEqualTo(7);
        return "syntax = \"proto3\"; package " + file.getPackage() + ";"
                + file.getServices().stream().map(ProtocolTest::service).collect(Collectors.joining())
                + types;
    }

    private static String type(FileDescriptor file, String name) {
        EnumDescriptor choice = file.findEnumTypeByName(name);
        return choice == null ? message(file.findMessageTypeByName(name)) : choice(choice);
    }

    private static String service(ServiceDescriptor service) {
        return "service " + service.getName() + " {"
                + service.getMethods().stream()
                        .map(method -> "rpc " + method.getName() + "("
                                + method.getInputType().getName() + ") returns ("
                                + method.getOutputType().getName() + ");")
                        .collect(Collectors.joining())
                + "}";
    }

    private static String message(Descriptor message) {
        return "message " + message.getName() + " {"
                + message.getFields().stream().map(ProtocolTest::field).collect(Collectors.joining()) + "}";
    }

    private static String field(FieldDescriptor field) {
        String type = type(field);
        if (field.isMapField()) {
            type = "map<" + type(field.getMessageType().findFieldByName("key")) + ", "
                    + type(field.getMessageType().findFieldByName("value")) + ">";
        } else if (field.isRepeated()) {
            type = "repeated " + type;
        }
        return type + " " + field.getName() + " = " + field.getNumber() + ";";
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE -> name(field.getMessageType());
            case ENUM -> name(field.getEnumType());
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String name(GenericDescriptor type) {
        return type.getName();
    }

    private static String choice(EnumDescriptor choice) {
        return "enum " + choice.getName() + " {"
                + choice.getValues().stream()
                        .map(value -> value.getName() + " = " + value.getNumber() + ";")
                        .collect(Collectors.joining())
                + "}";
    }
}
