package io.llmnet.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;

/**
 * A model server that costs as little as can be, so that what is measured is whoever stands before it.
 *
 * <p>It answers everybody the same at once, or streams numbered events when a request says {@code "stream":true}. How
 * many and how fast stands anywhere in the request as {@code events=200 interval=20} (milliseconds; 0 is as fast as the
 * reader reads); the OpenAI parameter {@code user} carries it through any proxy. It may listen on several ports, as several
 * servers would, and be slow on some of them. One thread on bare sockets: Vert.x here would take the core from the load
 * generator.
 */
final class Mock {
    private final Selector selector = Selector.open();
    private final PriorityQueue<MockConnection> streams = new PriorityQueue<>();

    private Mock() throws IOException {}

    /** Takes the ports to listen on; {@code 8000:300} is one where each answer begins after 300 ms. */
    public static void main(String... ports) throws IOException {
        Mock mock = new Mock();
        for (String port : ports) {
            String[] parts = port.split(":", 2);
            mock.open(Integer.parseInt(parts[0]), parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
        }
        mock.serve();
    }

    private void open(int port, int delayMillis) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress("127.0.0.1", port), 4096);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT, delayMillis * 1_000_000L);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(this::serve, untilNextEvent());
            sendDueEvents();
        }
    }

    /** Milliseconds to wait; 0 waits without end, so never less than 1 while a stream is open. */
    private long untilNextEvent() {
        MockConnection next = streams.peek();
        return next == null ? 0 : Math.max(1, (next.due() - System.nanoTime()) / 1_000_000);
    }

    private void sendDueEvents() {
        long now = System.nanoTime();
        while (!streams.isEmpty() && streams.peek().due() <= now) {
            MockConnection stream = streams.poll();
            if (stream.sendEvent()) {
                streams.add(stream);
            }
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel(), (Long) key.attachment());
            } else if (((MockConnection) key.attachment()).readOrWrite()) {
                streams.add((MockConnection) key.attachment());
            }
        } catch (IOException gone) {
            ((MockConnection) key.attachment()).close();
        }
    }

    private void accept(ServerSocketChannel door, long delayNanos) throws IOException {
        SocketChannel channel;
        while ((channel = door.accept()) != null) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new MockConnection(channel, key, delayNanos));
        }
    }
}
