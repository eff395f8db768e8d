package io.llmnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to a {@link Faulty} server. It speaks HTTP/1.1 by hand, for no server would agree to send what this one has
 * to. All on the connection's event loop.
 */
final class FaultyVisitor {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

    private final Vertx vertx;
    private final Faulty server;
    private final NetSocket socket;
    private Buffer in = Buffer.buffer();
    private volatile boolean isAnswering;
    private boolean isGone;

    FaultyVisitor(Vertx vertx, Faulty server, NetSocket socket) {
        this.vertx = vertx;
        this.server = server;
        this.socket = socket;
        socket.exceptionHandler(gone -> {}); // the close handler hears of it as well
        socket.closeHandler(nothing -> left());
        socket.handler(more -> {
            in.appendBuffer(more);
            next();
        });
    }

    boolean isAnswering() {
        return isAnswering;
    }

    void close() {
        isAnswering = false; // not given up by who asked, but by us
        socket.close();
    }

    private void left() {
        isGone = true;
        server.left(this, isAnswering);
    }

    private void next() {
        byte[] bytes = in.getBytes();
        String head = new String(bytes, ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (isAnswering || end < 0) {
            return;
        }
        String lower = head.substring(0, end).toLowerCase(Locale.ROOT);
        Buffer body = Buffer.buffer();
        int used = lower.contains("\r\ntransfer-encoding: chunked")
                ? chunked(head, end + 4, body)
                : measured(lower, end + 4, body);
        if (used >= 0) {
            in = in.getBuffer(used, in.length());
            isAnswering = true;
            answer(head.substring(0, head.indexOf("\r\n")), body.getBytes());
        }
    }

    /** Where a body of a given length ends; -1 when not all of it is there. */
    private int measured(String head, int from, Buffer body) {
        Matcher found = LENGTH.matcher(head);
        int end = from + (found.find() ? Integer.parseInt(found.group(1)) : 0);
        if (end > in.length()) {
            return -1;
        }
        body.appendBuffer(in.getBuffer(from, end));
        return end;
    }

    private int chunked(String text, int from, Buffer body) {
        int at = from;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                return -1;
            }
            int size = Integer.parseInt(text.substring(at, line).strip(), 16);
            int end = line + 2 + size + 2;
            if (end > in.length()) {
                return -1;
            }
            body.appendBuffer(in.getBuffer(line + 2, line + 2 + size));
            if (size == 0) {
                return end;
            }
            at = end;
        }
    }

    private void answer(String line, byte[] body) {
        boolean isChat = line.contains("/chat/completions");
        boolean isEmbedding = line.contains("/embeddings");
        FaultMode mode = server.asked(isChat || isEmbedding);
        if (!isChat && !isEmbedding && !mode.kind().isOfWholeServer()) {
            mode = FaultMode.OK;
        }
        if (isChat) {
            FaultyWords words = FaultyWords.of(body, mode.kind() == FaultMode.Kind.SPLIT_UTF8);
            act(mode, words.isStream(), words.pieces(), words.millis());
        } else if (isEmbedding) {
            act(mode, false, List.of(FaultyWords.vectors(body)), 0);
        } else if (line.contains("/models")) {
            act(mode, false, List.of(FaultyWords.models(server.models())), 0);
        } else if (line.contains("/health")) {
            act(mode, false, List.of("{\"status\":\"ok\"}".getBytes(UTF_8)), 0);
        } else {
            act(FaultMode.status(404), false, List.of(), 0);
        }
    }

    private void act(FaultMode mode, boolean isStream, List<byte[]> pieces, int millis) {
        int number = mode.number();
        switch (mode.kind()) {
            case OK -> whole(isStream, pieces, millis);
            case REFUSE -> close();
            case HANG -> {}
            case SLOW -> later(number, () -> whole(isStream, pieces, millis));
            case DRIP -> {
                head(200, type(isStream), "");
                steps(bytewise(pieces), number);
            }
            case CUT -> cut(isStream, joined(pieces), number);
            case GARBAGE ->
                socket.write(Buffer.buffer("\u0000\u0001 no server speaks so \r\n\r\n"))
                        .onComplete(sent -> close());
            case NO_JSON -> whole(isStream, List.of("<<< {{{ no model said this\n\n".getBytes(UTF_8)), 0);
            case WRONG_TYPE -> {
                head(200, "text/html; charset=utf-8", "");
                steps(List.of("<!doctype html><title>Sign in</title>".getBytes(UTF_8)), 0);
            }
            case STATUS -> {
                head(number, "application/json", number == 429 || number == 503 ? "retry-after: 1\r\n" : "");
                steps(List.of(FaultyWords.error(number)), 0);
            }
            case SPLIT_UTF8 -> {
                head(200, type(isStream), "");
                steps(split(joined(pieces)), 0);
            }
            case EMPTY_STREAM -> whole(isStream, List.of(), 0);
            case ERROR_EVENT -> {
                byte[] error = FaultyWords.error(500);
                List<byte[]> told = new ArrayList<>(pieces.subList(0, isStream ? Math.min(number, pieces.size()) : 0));
                told.add(isStream ? FaultyWords.event(error) : error);
                whole(isStream, told, millis);
            }
        }
    }

    private void whole(boolean isStream, List<byte[]> pieces, int millis) {
        head(200, type(isStream), "");
        steps(millis == 0 ? List.of(joined(pieces)) : pieces, millis);
    }

    private void cut(boolean isStream, byte[] body, int bytes) {
        if (bytes < 0) {
            close();
            return;
        }
        head(200, type(isStream), "");
        Buffer begun = chunk(Buffer.buffer(body).getBytes(0, Math.min(bytes, body.length)));
        isAnswering = false;
        socket.write(begun).onComplete(sent -> close());
    }

    private static String type(boolean isStream) {
        return isStream ? "text/event-stream" : "application/json";
    }

    private void head(int status, String type, String more) {
        socket.write(Buffer.buffer("HTTP/1.1 " + status + " As-Told\r\ncontent-type: " + type + "\r\n" + more
                + "transfer-encoding: chunked\r\n\r\n"));
    }

    /** Sends one after the other, so long apart, and then the end. */
    private void steps(List<byte[]> pieces, int millis) {
        if (isGone) {
            return;
        }
        if (pieces.isEmpty()) {
            isAnswering = false;
            socket.write(Buffer.buffer(LAST_CHUNK));
            next();
            return;
        }
        socket.write(chunk(pieces.get(0)));
        List<byte[]> rest = pieces.subList(1, pieces.size());
        if (rest.isEmpty()) {
            steps(rest, millis);
        } else if (millis == 0) {
            vertx.runOnContext(soon -> steps(rest, millis)); // apart, so that they are not one packet
        } else {
            later(millis, () -> steps(rest, millis));
        }
    }

    private void later(int millis, Runnable then) {
        vertx.setTimer(Math.max(1, millis), id -> {
            if (!isGone) {
                then.run();
            }
        });
    }

    private static Buffer chunk(byte[] bytes) {
        Buffer chunk = Buffer.buffer();
        if (bytes.length > 0) { // an empty chunk would be the end
            chunk.appendString(Integer.toHexString(bytes.length)).appendString("\r\n");
            chunk.appendBytes(bytes).appendString("\r\n");
        }
        return chunk;
    }

    private static byte[] joined(List<byte[]> pieces) {
        Buffer all = Buffer.buffer();
        pieces.forEach(all::appendBytes);
        return all.getBytes();
    }

    private static List<byte[]> bytewise(List<byte[]> pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (byte one : joined(pieces)) {
            bytes.add(new byte[] {one});
        }
        return bytes;
    }

    /** Cut before each byte that goes on with a character. */
    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        Buffer piece = Buffer.buffer();
        for (byte one : bytes) {
            if ((one & 0xC0) == 0x80) {
                pieces.add(piece.getBytes());
                piece = Buffer.buffer();
            }
            piece.appendByte(one);
        }
        pieces.add(piece.getBytes());
        return pieces;
    }
}
