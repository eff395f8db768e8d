package io.llmnet.camel.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Texts that wait for their server, oldest first. When there is no room, the oldest is dropped. Safe from any thread. */
final class Buffer {
    /** A text, and how long it is in UTF-8. */
    record Message(String text, int bytes) {
        static Message of(String text) {
            return new Message(text, text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private final int mostMessages;
    private final long mostBytes;
    private final Deque<Message> messages = new ArrayDeque<>();
    private long bytes;

    Buffer(int mostMessages, long mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /** Adds the newest; tells how many were dropped for it, itself among them when it is too long for all of the room. */
    synchronized int add(Message message) {
        messages.addLast(message);
        bytes += message.bytes();
        int dropped = 0;
        while (messages.size() > mostMessages || bytes > mostBytes) {
            bytes -= messages.removeFirst().bytes();
            dropped++;
        }
        return dropped;
    }

    /** The oldest, which is no longer here then; null when there is none. */
    synchronized @Nullable Message take() {
        Message oldest = messages.pollFirst();
        if (oldest != null) {
            bytes -= oldest.bytes();
        }
        return oldest;
    }

    /** Puts the oldest back to its place; false when there is no room any more, so that it is dropped. */
    synchronized boolean putBack(Message oldest) {
        if (messages.size() >= mostMessages || bytes + oldest.bytes() > mostBytes) {
            return false;
        }
        messages.addFirst(oldest);
        bytes += oldest.bytes();
        return true;
    }

    synchronized int size() {
        return messages.size();
    }

    /** Drops all; tells how many they were. */
    synchronized int clear() {
        int dropped = messages.size();
        messages.clear();
        bytes = 0;
        return dropped;
    }
}
