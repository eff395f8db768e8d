package io.llmnet.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The requests, streams and files that the benchmarks work on. */
final class Words {
    private Words() {}

    /** A chat of so many turns of about 300 bytes. */
    static byte[] request(int turns) {
        StringBuilder text = new StringBuilder("{\"model\":\"chat\",\"temperature\":0.7,\"stream\":true,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"You are brief.\"}");
        for (int i = 0; i < turns; i++) {
            text.append(",{\"role\":\"")
                    .append(i % 2 == 0 ? "user" : "assistant")
                    .append("\",\"content\":\"")
                    .append("Three \\\"spiders\\\" and two ants: ".repeat(9))
                    .append("\"}");
        }
        return text.append("]}").toString().getBytes(UTF_8);
    }

    /** One event of a stream that says {@code delta}, an object. */
    static byte[] event(String delta) {
        return ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"chat\","
                        + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}\n\n")
                .getBytes(UTF_8);
    }

    /** A pipeline of a router and so many nodes that are chosen by rules. */
    static String pipeline(int nodes) {
        StringBuilder text =
                new StringBuilder("{\"models\": {\"m\": {\"url\": \"http://localhost:11434\"}}, \"architecture\": [\n"
                        + "{\"name\": \"router\", \"layer\": 0, \"model\": \"m\", \"output-to\": [1]},\n");
        for (int i = 0; i < nodes; i++) {
            text.append("{\"name\": \"n")
                    .append(i)
                    .append("\", \"layer\": 1, \"model\": \"m\", \"if\": \"$WORD_COUNT < ")
                    .append(i)
                    .append("\", \"context\": \"Answer as number ")
                    .append(i)
                    .append(".\", \"output-to\": [\"output\"]},\n");
        }
        return text.append("{\"name\": \"output\", \"adapter\": \"output\"}]}").toString();
    }
}
