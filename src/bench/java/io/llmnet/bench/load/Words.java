package io.llmnet.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** All that the mock ever says, made ready once. */
final class Words {
    /** Stands before the eight digits of an event's number. */
    static final String MARK = "\"content\":\"#";

    private static final String SAID = "A proxy is judged by what it adds, and this answer is what it adds it to. ";
    private static final byte[] COMPLETION = answer(
            "{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"mock\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                    + SAID.repeat(2).trim()
                    + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34,\"total_tokens\":46}}");
    private static final byte[] MODELS = answer(
            "{\"object\":\"list\",\"data\":[{\"id\":\"mock\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"mock\"}]}");
    private static final byte[] STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n"
                    .getBytes(UTF_8);
    private static final byte[] EVENT = chunk(event("{" + MARK + "00000000 word and word\"}", "null"));
    private static final byte[] END =
            (chunked(event("{}", "\"stop\"")) + chunked("data: [DONE]\n\n") + "0\r\n\r\n").getBytes(UTF_8);
    private static final int NUMBER_AT = new String(EVENT, UTF_8).indexOf(MARK) + MARK.length();

    private Words() {}

    static ByteBuffer completion() {
        return ByteBuffer.wrap(COMPLETION);
    }

    static ByteBuffer models() {
        return ByteBuffer.wrap(MODELS);
    }

    static ByteBuffer number(long number) {
        return ByteBuffer.wrap(answer(Long.toString(number)));
    }

    static ByteBuffer streamHead() {
        return ByteBuffer.wrap(STREAM_HEAD);
    }

    static ByteBuffer end() {
        return ByteBuffer.wrap(END);
    }

    /** An event of about 200 bytes with its number in it. */
    static ByteBuffer event(int number) {
        byte[] event = EVENT.clone();
        int rest = number;
        for (int at = NUMBER_AT + 7; at >= NUMBER_AT; at--, rest /= 10) {
            event[at] = (byte) ('0' + rest % 10);
        }
        return ByteBuffer.wrap(event);
    }

    private static String event(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"mock\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String chunked(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static byte[] chunk(String text) {
        return chunked(text).getBytes(UTF_8);
    }

    private static byte[] answer(String json) {
        return ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + json.length() + "\r\n\r\n"
                        + json)
                .getBytes(UTF_8);
    }
}
