package io.llmnet.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What LLM Pool's messages look like. */
final class Protocol {
    static final String SERVICE = "vvtv.llmpool.v1.LLMPool";

    static final FileDescriptor FILE = file();
    static final Descriptor QUERY = FILE.findMessageTypeByName("Query");
    static final Descriptor ANSWER = FILE.findMessageTypeByName("Answer");
    static final Descriptor DECISION = FILE.findMessageTypeByName("EnsembleDecision");
    static final Descriptor HEALTH = FILE.findMessageTypeByName("HealthResponse");
    static final EnumDescriptor STRATEGY = FILE.findEnumTypeByName("Strategy");

    private Protocol() {}

    private static FileDescriptor file() {
        try (InputStream set = Protocol.class.getResourceAsStream("/grpc/llmpool.desc")) {
            return FileDescriptor.buildFrom(
                    FileDescriptorSet.parseFrom(Objects.requireNonNull(set)).getFile(0), new FileDescriptor[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("our descriptor contradicts itself", e);
        }
    }
}
