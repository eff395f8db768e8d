package io.llmnet.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that no client sends: wrong paths, wrong methods, bodies with bytes changed, cut, doubled and drawn by lot. */
final class Mangled {
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "GET", "PUT", "HEAD", "DELETE", "PATCH");
    private static final List<String> PATHS = List.of(
            "/v1/chat/completions",
            "/v1/chat/completions",
            "/v1/completions",
            "/v1/models/",
            "/v1//models",
            "/v1/models/%",
            "/status?a=%zz",
            "//",
            "/v1",
            "/..%2f..%2fetc/passwd",
            "/health/%00");
    private static final List<String> BODIES = List.of(
            "{\"model\":\"ok\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false,\"n\":1}",
            "{\"model\":\"rules\",\"messages\":[{\"role\":\"system\",\"content\":\"be\"},{\"role\":\"user\",\"content\":["
                    + "{\"type\":\"text\",\"text\":\"hello\"}]}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
            "{\"model\":\"layers\",\"messages\":[{\"role\":\"user\",\"content\":\"gr\\u00fc\\ud83d\\ude00\"}],\"tools\":[]}",
            "{\"model\":\"panel\",\"prompt\":[\"one\",\"two\"],\"suffix\":null,\"echo\":true,\"max_tokens\":1e3}",
            "{\"model\":\"ollama-ok\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stop\":[\"a\"],\"seed\":7}");

    /** What means something in JSON. */
    private static final String TELLING = "\"{}[],:\\\u00005e-.nt";

    private Mangled() {}

    static byte[] request(SplittableRandom random) {
        byte[] body = body(random);
        String head = one(METHODS, random) + " " + path(random) + " HTTP/1.1\r\nHost: test\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static String path(SplittableRandom random) {
        StringBuilder path = new StringBuilder(one(PATHS, random));
        while (random.nextInt(4) == 0) {
            path.append((char) random.nextInt('!', 127));
        }
        return path.toString();
    }

    private static byte[] body(SplittableRandom random) {
        byte[] body = one(BODIES, random).getBytes(UTF_8);
        if (random.nextInt(10) == 0) {
            body = new byte[random.nextInt(200)];
            random.nextBytes(body);
        }
        for (int changes = random.nextInt(4); changes > 0 && body.length > 0; changes--) {
            body = changed(body, random);
        }
        return body;
    }

    private static byte[] changed(byte[] body, SplittableRandom random) {
        int at = random.nextInt(body.length);
        int to = at + random.nextInt(body.length - at);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(body, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> changed.write(body, to, body.length - to);
            case 1 -> {
                changed.write(TELLING.charAt(random.nextInt(TELLING.length())));
                changed.write(body, at, body.length - at);
            }
            case 2 -> {
                changed.write(body, at, to - at);
                changed.write(body, at, body.length - at);
            }
            default -> {
                changed.write(random.nextInt(256));
                changed.write(body, at + 1, body.length - at - 1);
            }
        }
        return changed.toByteArray();
    }

    private static String one(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
