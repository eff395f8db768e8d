package io.llmnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** A collector of spans that speaks OTLP over HTTP, in protobuf, and keeps them. */
public final class FakeCollector implements AutoCloseable {
    /** One span, as it was told. */
    public record Span(
            String traceId,
            String id,
            String parent,
            String name,
            long kind,
            long status,
            Map<String, Object> attributes,
            List<Map<String, Object>> events) {}

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    private FakeCollector(HttpServer server) {
        this.server = server;
    }

    /** One that listens. */
    public static FakeCollector start() {
        try {
            FakeCollector collector =
                    new FakeCollector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            collector.server.createContext("/v1/traces", collector::told);
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The spans of one trace so far, in the order in which they ended. */
    public List<Span> spans(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void told(HttpExchange exchange) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
        // ExportTraceServiceRequest.resource_spans.scope_spans.spans
        fields(
                request,
                (field, resources) -> on(
                        1,
                        field,
                        () -> fields(
                                bytes(resources),
                                (f, scopes) -> on(
                                        2,
                                        f,
                                        () -> fields(
                                                bytes(scopes),
                                                (g, span) -> on(2, g, () -> spans.add(span(bytes(span)))))))));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Span span(ByteBuffer message) {
        Map<Integer, Object> plain = new HashMap<>();
        Map<String, Object> attributes = new HashMap<>();
        List<Map<String, Object>> events = new ArrayList<>();
        fields(message, (field, value) -> {
            switch (field) {
                case 9 -> attribute(bytes(value), attributes);
                case 11 -> events.add(event(bytes(value)));
                case 15 -> fields(bytes(value), (f, status) -> on(3, f, () -> plain.put(15, status)));
                default -> plain.put(field, value);
            }
        });
        return new Span(
                hex(plain.get(1)),
                hex(plain.get(2)),
                plain.containsKey(4) ? hex(plain.get(4)) : "",
                text(plain.get(5)),
                (Long) plain.getOrDefault(6, 0L),
                (Long) plain.getOrDefault(15, 0L),
                attributes,
                events);
    }

    private static Map<String, Object> event(ByteBuffer message) {
        Map<String, Object> event = new HashMap<>();
        fields(message, (field, value) -> {
            if (field == 2) {
                event.put("name", text(value));
            } else if (field == 3) {
                attribute(bytes(value), event);
            }
        });
        return event;
    }

    private static void attribute(ByteBuffer message, Map<String, Object> into) {
        Map<Integer, Object> pair = new HashMap<>();
        fields(message, pair::put);
        fields(
                bytes(pair.get(2)),
                (kind, value) -> into.put(
                        text(pair.get(1)),
                        switch (kind) {
                            case 1 -> text(value);
                            case 2 -> (Long) value != 0;
                            case 4 -> Double.longBitsToDouble((Long) value);
                            default -> value;
                        }));
    }

    /** Hands out the fields of a message in protobuf: numbers as Long, all else as ByteBuffer. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, Object> field) {
        message.order(ByteOrder.LITTLE_ENDIAN);
        while (message.hasRemaining()) {
            long tag = varint(message);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(message);
                case 1 -> message.getLong();
                case 2 -> slice(message, (int) varint(message));
                case 5 -> (long) message.getInt();
                default -> throw new IllegalStateException("no protobuf");
            };
            field.accept((int) (tag >> 3), value);
        }
    }

    private static ByteBuffer slice(ByteBuffer message, int length) {
        ByteBuffer slice = message.slice(message.position(), length);
        message.position(message.position() + length);
        return slice;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void on(int wanted, int field, Runnable then) {
        if (wanted == field) {
            then.run();
        }
    }

    private static ByteBuffer bytes(Object value) {
        return ((ByteBuffer) value).duplicate();
    }

    private static String text(Object value) {
        return UTF_8.decode(bytes(value)).toString();
    }

    private static String hex(Object value) {
        byte[] id = new byte[bytes(value).remaining()];
        bytes(value).get(id);
        return HexFormat.of().formatHex(id);
    }
}
