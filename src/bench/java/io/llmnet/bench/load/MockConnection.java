package io.llmnet.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One caller of the mock; ordered by when its next event is due. */
final class MockConnection implements Comparable<MockConnection> {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern EVENTS = Pattern.compile("events=(\\d+)");
    private static final Pattern INTERVAL = Pattern.compile("interval=(\\d+)");

    /** How many answers were asked for, of all callers; one thread counts. */
    private static long asked;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final long delayNanos;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 15);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private boolean isStreaming;
    private boolean isWaiting;
    private int sent;
    private int events;
    private long intervalNanos;
    private long due;

    MockConnection(SocketChannel channel, SelectionKey key, long delayNanos) {
        this.channel = channel;
        this.key = key;
        this.delayNanos = delayNanos;
    }

    long due() {
        return due;
    }

    @Override
    public int compareTo(MockConnection other) {
        return Long.compare(due, other.due);
    }

    /** Goes on with what the socket is ready for; true when a stream has begun or may go on. */
    boolean readOrWrite() throws IOException {
        if (key.isWritable()) {
            return flush() && isStreaming;
        }
        if (channel.read(in) < 0) {
            throw new IOException("the caller is gone");
        }
        if (!in.hasRemaining()) {
            throw new IOException("more than " + in.capacity() + " bytes");
        }
        return !isStreaming && answer();
    }

    /** Sends the next event of a stream, or an answer that had to wait; true when more is to follow now or later. */
    boolean sendEvent() {
        try {
            if (!channel.isOpen()) {
                return false;
            }
            if (isWaiting) {
                isWaiting = false;
                out = Words.completion();
                flush();
                return false;
            }
            boolean isLast = sent == events;
            out = isLast ? Words.end() : Words.event(sent++);
            isStreaming = !isLast;
            due += intervalNanos;
            return flush() && isStreaming;
        } catch (IOException gone) {
            close();
            return false;
        }
    }

    void close() {
        try {
            isStreaming = false;
            channel.close();
        } catch (IOException already) {
            // then it is closed
        }
    }

    private boolean answer() throws IOException {
        String text = new String(in.array(), 0, in.position(), ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text).region(0, head);
        int end = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        if (end > in.position()) {
            return false;
        }
        in.clear(); // nobody here sends a second request before the first is answered
        return answer(text, text.substring(head + 4, end));
    }

    private boolean answer(String request, String body) throws IOException {
        if (body.contains("\"stream\":true")) {
            begin(body);
            return flush();
        }
        if (request.startsWith("POST")) {
            asked++;
            isWaiting = delayNanos > 0;
            due = System.nanoTime() + delayNanos;
        }
        if (isWaiting) {
            return true;
        }
        out = request.startsWith("POST") ? Words.completion() : page(request);
        flush();
        return false;
    }

    private static ByteBuffer page(String request) {
        return request.startsWith("GET /asked ") ? Words.number(asked) : Words.models();
    }

    private void begin(String body) {
        sent = 0;
        events = number(EVENTS, body);
        intervalNanos = number(INTERVAL, body) * 1_000_000L;
        due = System.nanoTime() + delayNanos;
        isStreaming = true;
        out = Words.streamHead();
    }

    private static int number(Pattern of, String body) {
        Matcher found = of.matcher(body);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    /** True when all is written; else the selector wakes us when there is room. */
    private boolean flush() throws IOException {
        channel.write(out);
        boolean isDone = !out.hasRemaining();
        int wish = isDone ? SelectionKey.OP_READ : SelectionKey.OP_WRITE | SelectionKey.OP_READ;
        if (key.interestOps() != wish) {
            key.interestOps(wish);
        }
        return isDone;
    }
}
