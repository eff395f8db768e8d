package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Documents by chance, most of them JSON, many of them nearly. */
final class RandomJson {
    private static final String[] NUMBERS = {"0", "-0", "1.0", "-12.50e+3", "1E5", "01", "1.", "-", ".5", "1e", "+1"};
    private static final String[] STRINGS = {
        "",
        "model",
        "stream",
        "a b",
        "\\n",
        "\\u00e9",
        "\u00e9",
        "\u4f60\u597d",
        "\ud83d\ude00",
        "\\ud83d",
        "\\x",
        "\t",
        "\u007f"
    };
    private static final String[] KEYS = {"model", "stream", "messages", "mod\\u0065l", "x", "stream_options", "prompt"
    };
    private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n\t"};

    private RandomJson() {}

    static byte[] mutated(SplittableRandom random) {
        byte[] document = document(random).getBytes(UTF_8);
        for (int i = random.nextInt(3); i > 0 && document.length > 0; i--) {
            int at = random.nextInt(document.length);
            switch (random.nextInt(4)) {
                case 0 -> document[at] = (byte) random.nextInt(256);
                case 1 -> document[at] = (byte) "{}[]\",:0\\".charAt(random.nextInt(9));
                case 2 -> document = Arrays.copyOf(document, at);
                default -> {}
            }
        }
        return document;
    }

    static String document(SplittableRandom random) {
        return space(random) + object(random, 4) + space(random);
    }

    /** A chat request that is right. */
    static String request(SplittableRandom random) {
        StringBuilder out = new StringBuilder("{\"messages\":[");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String role = new String[] {"system", "user", "assistant", "developer"}[random.nextInt(4)];
            String[] contents = {
                "",
                ",\"content\":null",
                ",\"content\":\"said\"",
                ", \"content\" : []",
                ",\"content\":[{\"type\":\"text\",\"text\":\"said\"} , {\"type\":\"image_url\"}]",
                ",\"content\":[{\"type\":\"image_url\",\"text\":1}]"
            };
            out.append("{\"role\":\"").append(role).append('"');
            out.append(contents[random.nextInt(contents.length)]).append(i > 0 ? "}," : "}");
        }
        return out.append("],\"model\":\"old\"}").toString();
    }

    private static String value(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 7);
        String value = switch (kind) {
            case 0 -> NUMBERS[random.nextInt(random.nextInt(8) == 0 ? NUMBERS.length : 5)];
            case 1, 2 -> string(random);
            case 3 -> new String[] {"true", "false", "null"}[random.nextInt(3)];
            case 4, 5 -> object(random, depth - 1);
            default -> array(random, depth - 1);
        };
        return space(random) + value + space(random);
    }

    private static String string(SplittableRandom random) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            out.append(STRINGS[random.nextInt(random.nextInt(20) == 0 ? STRINGS.length : 10)]);
        }
        return out.append('"').toString();
    }

    private static String object(SplittableRandom random, int depth) {
        StringBuilder out = new StringBuilder("{").append(space(random));
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
            out.append(space(random)).append(':').append(value(random, depth));
            out.append(i > 1 ? "," : "").append(space(random));
        }
        return out.append('}').toString();
    }

    private static String array(SplittableRandom random, int depth) {
        StringBuilder out = new StringBuilder("[").append(space(random));
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append(value(random, depth)).append(i > 1 ? "," : "");
        }
        return out.append(']').toString();
    }

    private static String space(SplittableRandom random) {
        return SPACES[random.nextInt(SPACES.length)];
    }
}
