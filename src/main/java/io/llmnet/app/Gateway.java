package io.llmnet.app;

import io.llmnet.cli.CommandException;
import io.llmnet.cli.RunOptions;
import io.llmnet.cli.Server;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves pipelines in this process: the one command that boots Quarkus and Camel. */
final class Gateway implements Server {
    private static final int MANAGEMENT_PORT = 9876;

    @Override
    public int serve(RunOptions options, Consumer<URI> listening) {
        refuseIfTaken(options.host(), options.port());
        System.setProperty("quarkus.http.host", options.host());
        System.setProperty("quarkus.http.port", Integer.toString(options.port()));
        // Quarkus switches WebSockets off where none of its own extensions wants them; alerts do.
        setUnlessSet("vertx.disableWebsockets", "false");
        // One event loop a core: with more, a backend's connection is often another loop's, and every call changes
        // threads.
        setUnlessSet(
                "quarkus.vertx.event-loops-pool-size",
                Integer.toString(Runtime.getRuntime().availableProcessors()));
        if (options.verbosity() > 0) {
            System.setProperty("quarkus.log.level", options.verbosity() == 1 ? "INFO" : "DEBUG");
        }
        Map<String, String> keys = new HashMap<>(options.keys());
        keys.computeIfAbsent(
                "quarkus.management.port",
                key -> Integer.toString(
                        isFree(InetAddress.getLoopbackAddress(), MANAGEMENT_PORT) ? MANAGEMENT_PORT : 0));
        FileSource.prepare(keys);
        Launch.prepare(options, listening);
        AtomicInteger code = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Quarkus.run(Launch.class, (exit, why) -> {
            code.set(exit);
            failure.set(why);
        });
        Throwable why = failure.get();
        if (why != null) {
            throw new CommandException("could not start: " + rootOf(why), why);
        }
        return code.get();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public void stop(int code) {
        Quarkus.asyncExit(code);
    }

    /** Asked before anything is started, for the message: what comes between is told by Quarkus, in more words. */
    private static void refuseIfTaken(String host, int port) {
        String place = "cannot listen on " + host + ":" + port;
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CommandException(place + ": there is no address " + host + "; see --bind-addr", e);
        }
        if (isFree(address, port)) {
            return;
        }
        throw new CommandException(
                port == 0 || !isFree(address, 0)
                        ? place + ": the address is not of this machine; name one of its own with --bind-addr"
                        : place + ": the port is in use; stop what listens there, or name another with --port");
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String rootOf(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
