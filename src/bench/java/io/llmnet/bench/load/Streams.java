package io.llmnet.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Opens many streams at once and counts what comes of them. A stream is whole when every event came, each in its turn,
 * and then {@code [DONE]} and a proper end; else it is lost.
 *
 * <p>The server's CPU is taken from when the last stream has begun until the first one ends, so that connecting is not
 * in the price of an event. Prints one line: {@code streams whole lost ttfb-p50-ms ttfb-p99-ms events/s cpu-us/event}.
 */
final class Streams {
    private static final long LIMIT_NANOS = 120_000_000_000L;

    private final Selector selector = Selector.open();
    private final List<StreamCall> calls = new ArrayList<>();
    private final ProcessTime server;
    private int begun;
    private long events;
    private long windowEvents;
    private long windowStart = -1;
    private long windowNanos;
    private double windowCpu;

    private Streams(ProcessTime server) throws IOException {
        this.server = server;
    }

    /**
     * Takes the mock's port, the server's, a model, the number of streams, of events in each, the milliseconds between
     * them, and the server's process ids (1,2,3).
     */
    public static void main(String... args) throws IOException {
        warmUp(Integer.parseInt(args[0]));
        Streams streams = new Streams(new ProcessTime(args[6].split(",")));
        streams.run(
                local(Integer.parseInt(args[1])),
                args[2],
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]));
        System.out.println(streams.line());
    }

    /** Brings our own code up to speed, so that a cold client is not blamed on the server. */
    private static void warmUp(int mock) throws IOException {
        for (int i = 0; i < 3; i++) {
            new Streams(new ProcessTime()).run(local(mock), "mock", 300, 100, 0);
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    private void run(InetSocketAddress server, String model, int count, int eventsEach, int intervalMillis)
            throws IOException {
        for (int i = 0; i < count; i++) {
            StreamCall call = new StreamCall(model, eventsEach, intervalMillis);
            calls.add(call);
            open(call, server);
        }
        long giveUp = System.nanoTime() + LIMIT_NANOS;
        while (calls.stream().anyMatch(StreamCall::isOpen) && System.nanoTime() < giveUp) {
            selector.select(this::serve, 1000);
        }
    }

    private void open(StreamCall call, InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT, call);
        call.start(channel);
        channel.connect(server);
    }

    private void serve(SelectionKey key) {
        StreamCall call = (StreamCall) key.attachment();
        boolean hadBegun = call.hasBegun();
        int had = call.events();
        call.go(key);
        events += call.events() - had;
        if (!hadBegun && call.hasBegun()) {
            begun++;
        }
        if (begun == calls.size() && windowStart < 0 && call.isOpen()) {
            openWindow();
        } else if (windowStart >= 0 && windowNanos == 0 && !call.isOpen()) {
            closeWindow();
        }
    }

    private void openWindow() {
        windowStart = System.nanoTime();
        windowEvents = events;
        windowCpu = server.micros();
    }

    private void closeWindow() {
        windowCpu = server.micros() - windowCpu;
        windowEvents = events - windowEvents;
        windowNanos = System.nanoTime() - windowStart;
    }

    private String line() {
        long whole = calls.stream().filter(StreamCall::isWhole).count();
        double[] firsts = calls.stream()
                .filter(StreamCall::hasBegun)
                .mapToDouble(StreamCall::millisToFirst)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%d %d %d %.1f %.1f %.0f %.1f",
                calls.size(),
                whole,
                calls.size() - whole,
                share(firsts, 0.5),
                share(firsts, 0.99),
                windowNanos == 0 ? Double.NaN : windowEvents * 1e9 / windowNanos,
                windowNanos == 0 ? Double.NaN : windowCpu / windowEvents);
    }

    private static double share(double[] sorted, double share) {
        return Arrays.stream(sorted)
                .skip((long) (share * (sorted.length - 1)))
                .findFirst()
                .orElse(Double.NaN);
    }
}
