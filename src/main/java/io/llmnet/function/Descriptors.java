package io.llmnet.function;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files that describe gRPC services, by name, gathered until none is missing. For one thread at a time. */
final class Descriptors {
    private static final int MOST_FILES = 500;

    private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();

    /** Those of a descriptor set, as {@code protoc} writes it. */
    static Descriptors ofSet(byte[] set) {
        Descriptors descriptors = new Descriptors();
        try {
            FileDescriptorSet.parseFrom(set).getFileList().forEach(descriptors::add);
        } catch (InvalidProtocolBufferException e) {
            throw new FunctionException("its descriptor is no descriptor set; make one with"
                    + " protoc --include_imports --descriptor_set_out");
        }
        return descriptors;
    }

    /** Adds files as they came over the wire. */
    void add(Collection<byte[]> serialized) {
        try {
            for (byte[] file : serialized) {
                add(FileDescriptorProto.parseFrom(file));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new FunctionException("the server's reflection cannot be understood");
        }
    }

    private void add(FileDescriptorProto file) {
        files.put(file.getName(), file);
        if (files.size() > MOST_FILES) {
            throw new FunctionException("its service is described by more than " + MOST_FILES + " files");
        }
    }

    /** The files that others import, and that are not here. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        files.values().forEach(file -> missing.addAll(file.getDependencyList()));
        missing.removeAll(files.keySet());
        return missing;
    }

    /** A unary method; fails when there is none. */
    MethodDescriptor method(String service, String name) {
        try {
            Map<String, FileDescriptor> built = new HashMap<>();
            for (String file : List.copyOf(files.keySet())) {
                ServiceDescriptor found = service(build(file, built, files.size()), service);
                MethodDescriptor method = found == null ? null : found.findMethodByName(name);
                if (method != null) {
                    return unary(method);
                }
            }
        } catch (DescriptorValidationException e) {
            throw new FunctionException("the description of its service contradicts itself");
        }
        throw new FunctionException("there is no method " + service + "/" + name);
    }

    private static MethodDescriptor unary(MethodDescriptor method) {
        if (method.isClientStreaming() || method.isServerStreaming()) {
            throw new FunctionException("its method streams, and only unary ones can be called");
        }
        return method;
    }

    private static @Nullable ServiceDescriptor service(FileDescriptor file, String name) {
        return file.getServices().stream()
                .filter(service -> service.getFullName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private FileDescriptor build(String name, Map<String, FileDescriptor> built, int depthLeft)
            throws DescriptorValidationException {
        FileDescriptor there = built.get(name);
        if (there != null) {
            return there;
        }
        FileDescriptorProto file = files.get(name);
        if (file == null || depthLeft == 0) {
            throw new FunctionException("the description of its service is not whole");
        }
        FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
        for (int at = 0; at < imports.length; at++) {
            imports[at] = build(file.getDependency(at), built, depthLeft - 1);
        }
        FileDescriptor whole = FileDescriptor.buildFrom(file, imports);
        built.put(name, whole);
        return whole;
    }
}
