package io.llmnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each of the models of a {@link FakeBackend} does. */
final class FakeModels {
    /** A body that nobody who parses and prints it again could give back. */
    static final String RAW = "{ \"id\":\"r\\u0061w\", \"usage\" : {\"prompt_tokens\":1.0,\"completion_tokens\":2,"
            + "\"total_tokens\":3,\"odd\":1E+2},\t\"unknown\":[1.0,1e0,-0],"
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"gr\\u00fc\\u00df \\/ 你好\"},"
            + "\"finish_reason\":\"stop\"}] }\n";

    /** The same of a stream. */
    static final String RAW_STREAM = ": hello\r\nevent: odd\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":"
            + "\"\\u0061 1.0\"},\"x\":1.0}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
            + "\"stop\"}]}\r\n\r\ndata: [DONE]\n\n";

    private static final int SLOW_MILLIS = 15;
    private static final int FIRST_PIECES = 3;

    private final Vertx vertx;

    FakeModels(Vertx vertx) {
        this.vertx = vertx;
    }

    void answer(FakeQuestion question, FakeVisit visit, HttpServerResponse response) {
        String text = text(question);
        List<byte[]> pieces = FakeWords.pieces(question, text);
        response.putHeader("content-type", FakeWords.type(question)).setChunked(true);
        switch (question.kind()) {
            case "hang-head" -> {}
            case "hang-first" -> {
                ObjectNode role = FakeWords.chunk(question, "", null);
                response.write(Buffer.buffer(question.stream() ? FakeWords.event(role) : " ".getBytes(UTF_8)));
            }
            case "hang-mid" ->
                pieces.stream()
                        .limit(FIRST_PIECES)
                        .forEach(piece -> response.write(
                                Buffer.buffer(piece).slice(0, question.stream() ? piece.length : piece.length / 2)));
            case "cut" -> cut(response, pieces, question.number());
            case "garbage" -> response.end("\u0000\u0001<<< no model said this >>>\n\n{{{");
            case "html" ->
                response.putHeader("content-type", "text/html; charset=utf-8")
                        .end("<!doctype html><title>Welcome to a proxy</title>");
            case "status" -> status(question, response);
            case "no-schema" -> {
                if (question.json().has("response_format")) {
                    refuse(response, 400, "response_format is not supported");
                } else {
                    all(response, pieces);
                }
            }
            case "first-error" ->
                response.end(Buffer.buffer(FakeWords.event(FakeWords.error(503, "still loading the model"))));
            case "late-error" -> {
                response.write(Buffer.buffer(pieces.get(0)));
                response.end(Buffer.buffer(FakeWords.event(FakeWords.error(500, "out of memory"))));
            }
            case "drip" -> drip(response, joined(pieces));
            case "crlf" -> response.end(new String(joined(pieces), UTF_8).replace("\n", "\r\n"));
            case "comments" ->
                response.end(": a comment\n\n" + new String(joined(pieces), UTF_8).replace("\n\n", "\n\n: more\n\n"));
            case "json" ->
                response.putHeader("content-type", "application/json")
                        .end(Buffer.buffer(joined(FakeWords.pieces(whole(question), text))));
            case "raw" -> response.end(question.stream() ? RAW_STREAM : RAW);
            case "flood" -> flood(response, pieces.get(0), visit);
            case "slow" -> {
                if (question.stream()) {
                    slowly(response, pieces, 0);
                } else {
                    vertx.setTimer((long) SLOW_MILLIS * question.number(), id -> all(response, pieces));
                }
            }
            case "embed" -> response.end(Buffer.buffer(FakeVectors.of(question)));
            case "embed-many" -> {
                if (question.json().path("input").size() > 1) {
                    response.end(Buffer.buffer(FakeVectors.of(question)));
                }
            }
            case "tools" -> tools(question, response, pieces);
            default -> all(response, pieces);
        }
    }

    private static String text(FakeQuestion question) {
        return switch (question.kind()) {
            case "say", "no-schema" -> question.argument();
            case "count", "slow" ->
                IntStream.range(0, question.number())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));
            default -> question.kind() + " heard " + question.text();
        };
    }

    private static FakeQuestion whole(FakeQuestion question) {
        return new FakeQuestion(
                question.wire(), question.json(), question.model(), question.kind(), question.argument(), false);
    }

    private static void all(HttpServerResponse response, List<byte[]> pieces) {
        response.end(Buffer.buffer(joined(pieces)));
    }

    private static void cut(HttpServerResponse response, List<byte[]> pieces, int bytes) {
        Buffer all = Buffer.buffer(joined(pieces));
        response.write(all.slice(0, Math.min(bytes, all.length()))).onComplete(sent -> response.reset());
    }

    private static void status(FakeQuestion question, HttpServerResponse response) {
        if (question.number() == 429 || question.number() == 503) {
            response.putHeader("Retry-After", "7").putHeader("x-ratelimit-remaining-requests", "0");
        }
        refuse(response, question.number(), "the fake refuses with " + question.number());
    }

    private static void refuse(HttpServerResponse response, int status, String why) {
        response.setStatusCode(status).putHeader("content-type", "application/json");
        response.end(Buffer.buffer(FakeWords.bytes(FakeWords.error(status, why))));
    }

    private static void drip(HttpServerResponse response, byte[] all) {
        for (byte one : all) {
            response.write(Buffer.buffer(new byte[] {one}));
        }
        response.end();
    }

    /** Says the same for ever, as fast as it is read. */
    private static void flood(HttpServerResponse response, byte[] piece, FakeVisit visit) {
        while (!response.closed() && !response.writeQueueFull()) {
            response.write(Buffer.buffer(piece));
        }
        visit.stalled();
        response.drainHandler(nothing -> flood(response, piece, visit));
    }

    private void slowly(HttpServerResponse response, List<byte[]> pieces, int at) {
        if (response.closed()) {
            return;
        }
        if (at == pieces.size()) {
            response.end();
            return;
        }
        response.write(Buffer.buffer(pieces.get(at)));
        vertx.setTimer(SLOW_MILLIS, id -> slowly(response, pieces, at + 1));
    }

    /** Calls the first tool that it is offered. */
    private static void tools(FakeQuestion question, HttpServerResponse response, List<byte[]> pieces) {
        if (!question.offersTools()) {
            all(response, pieces);
            return;
        }
        ObjectNode answer =
                question.stream() ? FakeWords.chunk(question, "", null) : FakeWords.head(question, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject(question.stream() ? "delta" : "message");
        message.put("role", "assistant").putNull("content");
        ObjectNode call = message.putArray("tool_calls").addObject();
        call.put("index", 0).put("id", "call_1").put("type", "function");
        call.putObject("function").put("name", question.firstTool()).put("arguments", "{\"city\":\"Paris\"}");
        choice.put("finish_reason", question.stream() ? null : "tool_calls");
        if (!question.stream()) {
            FakeWords.usage(answer);
            response.end(Buffer.buffer(FakeWords.bytes(answer)));
            return;
        }
        List<byte[]> events = new ArrayList<>(List.of(FakeWords.event(answer)));
        events.add(FakeWords.event(FakeWords.chunk(question, "", "tool_calls")));
        events.addAll(pieces.subList(pieces.size() - (question.wantsUsage() ? 2 : 1), pieces.size()));
        all(response, events);
    }

    private static byte[] joined(List<byte[]> pieces) {
        Buffer all = Buffer.buffer();
        pieces.forEach(all::appendBytes);
        return all.getBytes();
    }
}
