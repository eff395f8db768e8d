package io.llmnet.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one message, by their names. */
final class Fields {
    private final DynamicMessage message;

    private Fields(DynamicMessage message) {
        this.message = message;
    }

    /** Reads a message; a client that sends something else is told so. */
    static Fields read(Descriptor type, byte[] bytes) {
        try {
            return new Fields(DynamicMessage.parseFrom(type, bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new ChatException(Fault.BAD_REQUEST, "the message is no " + type.getFullName(), e);
        }
    }

    String text(String name) {
        return (String) message.getField(field(message.getDescriptorForType(), name));
    }

    int number(String name) {
        return (Integer) message.getField(field(message.getDescriptorForType(), name));
    }

    EnumValueDescriptor choice(String name) {
        return (EnumValueDescriptor) message.getField(field(message.getDescriptorForType(), name));
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new HashMap<>();
        for (Object entry : (List<?>) message.getField(field(message.getDescriptorForType(), name))) {
            Fields pair = new Fields((DynamicMessage) entry);
            map.put(pair.text("key"), pair.text("value"));
        }
        return map;
    }

    /** Writes a message. */
    static Writing write(Descriptor type) {
        return new Writing(type);
    }

    private static FieldDescriptor field(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(type.getFullName() + " has no " + name);
        }
        return field;
    }

    /** A message in the making. */
    static final class Writing {
        private final Descriptor type;
        private final DynamicMessage.Builder builder;

        private Writing(Descriptor type) {
            this.type = type;
            this.builder = DynamicMessage.newBuilder(type);
        }

        /** A field that holds one value, or many: a text, number, truth, enum value, message, or a list of them. */
        Writing set(String name, Object value) {
            builder.setField(field(type, name), value);
            return this;
        }

        Writing set(String name, Map<String, String> map) {
            FieldDescriptor field = field(type, name);
            map.forEach((key, value) -> builder.addRepeatedField(
                    field,
                    new Writing(field.getMessageType())
                            .set("key", key)
                            .set("value", value)
                            .done()));
            return this;
        }

        Message done() {
            return builder.build();
        }
    }
}
