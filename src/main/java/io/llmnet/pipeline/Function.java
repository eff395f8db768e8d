package io.llmnet.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something outside that hooks call. In its texts variables may stand; secrets are put in already, and never shown. */
public sealed interface Function {
    /** Its name in the file. */
    String name();

    /** The most that one call may take. */
    Duration timeout();

    /** Only its name, so that it can be logged: in all else secrets may stand. */
    private static String shown(Function function) {
        return "Function[" + function.name() + "]";
    }

    /** Hands this function to the case that fits. */
    <R> R match(Cases<R> cases);

    /**
     * An HTTP request.
     *
     * @param method in capitals
     * @param body JSON text, whose variables are escaped as JSON strings; null for none
     */
    record Rest(
            String name,
            String method,
            Template url,
            Map<String, Template> headers,
            @Nullable Template body,
            Duration timeout)
            implements Function {
        public Rest {
            headers = Map.copyOf(headers);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rest(this);
        }

        @Override
        public String toString() {
            return shown(this);
        }
    }

    /**
     * A program, started without a shell.
     *
     * @param workingFolder null for the server's own
     * @param isFromNetwork whether its file came from somewhere else than this machine
     */
    record Shell(
            String name,
            String command,
            List<Template> arguments,
            Map<String, Template> environment,
            @Nullable String workingFolder,
            boolean isFromNetwork,
            Duration timeout)
            implements Function {
        public Shell {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        /** The same of a file that came from elsewhere. */
        Shell fromNetwork() {
            return new Shell(name, command, arguments, environment, workingFolder, true, timeout);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.shell(this);
        }

        @Override
        public String toString() {
            return shown(this);
        }
    }

    /**
     * One message over a WebSocket.
     *
     * @param message what is sent; null for the standard form
     */
    record Socket(
            String name,
            Template url,
            Map<String, Template> headers,
            @Nullable Template message,
            Duration timeout) implements Function {
        public Socket {
            headers = Map.copyOf(headers);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.socket(this);
        }

        @Override
        public String toString() {
            return shown(this);
        }
    }

    /**
     * A unary gRPC call.
     *
     * @param address {@code host:port}, with {@code https://} in front for TLS
     * @param service its full name
     * @param request JSON text of the request's message; null for an empty one
     * @param descriptor a file with the service's descriptor set; null to ask the server by reflection
     */
    record Grpc(
            String name,
            String address,
            String service,
            String method,
            @Nullable Template request,
            @Nullable String descriptor,
            Duration timeout)
            implements Function {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.grpc(this);
        }

        @Override
        public String toString() {
            return shown(this);
        }
    }

    /** One answer for each kind of function. */
    interface Cases<R> {
        R rest(Rest function);

        R shell(Shell function);

        R socket(Socket function);

        R grpc(Grpc function);
    }
}
