package io.llmnet.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One stream: asks, reads to the end, and checks that the events are all there and in their order. */
final class StreamCall {
    private static final ByteBuffer IN = ByteBuffer.allocate(1 << 16); // one thread

    private final byte[] request;
    private final int wanted;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final Dechunker body = new Dechunker(this::take);
    private SocketChannel channel;
    private long started;
    private long first;
    private int events;
    private boolean isBroken;
    private boolean isDone;

    StreamCall(String model, int events, int intervalMillis) {
        String json = "{\"model\":\"" + model + "\",\"stream\":true,\"user\":\"events=" + events + " interval="
                + intervalMillis + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Say something long, please.\"}]}";
        request =
                ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                                + json.length() + "\r\n\r\n" + json)
                        .getBytes(UTF_8);
        wanted = events;
    }

    void start(SocketChannel through) {
        channel = through;
        started = System.nanoTime();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    boolean hasBegun() {
        return first != 0;
    }

    boolean isWhole() {
        return isDone && !isBroken && events == wanted && body.isAtEnd();
    }

    int events() {
        return events;
    }

    double millisToFirst() {
        return (first - started) / 1e6;
    }

    /** Goes on with what the socket is ready for, and closes it at the end of the stream. */
    void go(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(request)); // an empty socket buffer holds it whole
                key.interestOps(SelectionKey.OP_READ);
            } else {
                read();
            }
        } catch (IOException | IllegalStateException broken) {
            isBroken = true;
            close();
        }
    }

    private void read() throws IOException {
        IN.clear();
        int count = channel.read(IN);
        if (count > 0) {
            body.feed(IN.array(), count);
        }
        if (count < 0 || body.isAtEnd()) {
            close();
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException already) {
            // then it is closed
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            read(line.toString(ISO_8859_1));
            line.reset();
        } else {
            line.write(b);
        }
    }

    private void read(String text) {
        int mark = text.indexOf(Words.MARK);
        if (mark >= 0) {
            int at = mark + Words.MARK.length();
            isBroken |= Integer.parseInt(text, at, at + 8, 10) != events++;
            first = first == 0 ? System.nanoTime() : first;
        } else if (text.startsWith("data: [DONE]")) {
            isDone = true;
        }
    }
}
