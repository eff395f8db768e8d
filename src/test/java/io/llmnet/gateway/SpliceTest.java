package io.llmnet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpliceTest {
    private static final String FIRST = "data: {\"id\":\"one\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello wor\"}}]}\n\n";

    @Test
    void theRestLooksLikeTheRestOfTheFirst() {
        String rest = spliced(
                "Hello wor",
                chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                chunk("{\"content\":\"ld\"}", "null"),
                chunk("{}", "\"stop\""),
                "data: [DONE]\n\n");

        assertThat(rest).isEqualTo(of("{\"content\":\"ld\"}", "null") + of("{}", "\"stop\"") + "data: [DONE]\n\n");
    }

    @Test
    void whoBeginsFromTheStartIsHeardFromWhereTheFirstBrokeOff() {
        String rest = spliced(
                "Hello wor",
                chunk("{\"content\":\"Hel\"}", "null"),
                chunk("{\"content\":\"lo world\"}", "null"),
                chunk("{\"content\":\"!\"}", "\"stop\""));

        assertThat(rest).isEqualTo(of("{\"content\":\"ld\"}", "null") + of("{\"content\":\"!\"}", "\"stop\""));
    }

    @Test
    void whatOnlyBeginsAlikeIsToldWhole() {
        String rest =
                spliced("Hello wor", chunk("{\"content\":\"Hel\"}", "null"), chunk("{\"content\":\"met\"}", "null"));

        assertThat(rest).isEqualTo(of("{\"content\":\"Helmet\"}", "null"));
    }

    @Test
    void aRestThatSoundsLikeTheBeginningIsTold() {
        String rest = spliced("ha ha ha ", chunk("{\"content\":\"ha \"}", "null"), chunk("{}", "\"stop\""));

        assertThat(rest).isEqualTo(of("{\"content\":\"ha \"}", "\"stop\""));
    }

    @Test
    void chunksMayBreakAnywhere() {
        byte[] all =
                (chunk("{\"role\":\"assistant\"}", "null") + chunk("{\"content\":\"ld\"}", "\"stop\"")).getBytes(UTF_8);
        for (int cut = 0; cut < all.length; cut++) {
            Splice splice = new Splice(FIRST, "Hello wor");
            String rest = new String(splice.bytes(java.util.Arrays.copyOf(all, cut)), UTF_8)
                    + new String(splice.bytes(java.util.Arrays.copyOfRange(all, cut, all.length)), UTF_8);

            assertThat(rest).isEqualTo(of("{\"content\":\"ld\"}", "\"stop\""));
        }
    }

    private static String spliced(String said, String... events) {
        Splice splice = new Splice(FIRST, said);
        StringBuilder all = new StringBuilder();
        for (String event : events) {
            all.append(new String(splice.bytes(event.getBytes(UTF_8)), UTF_8));
        }
        return all.toString();
    }

    private static String chunk(String delta, String finish) {
        return event("two", 2, "other", delta, finish);
    }

    private static String of(String delta, String finish) {
        return event("one", 1, "m", delta, finish);
    }

    private static String event(String id, int created, String model, String delta, String finish) {
        return "data: {\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"created\":" + created
                + ",\"model\":\"" + model + "\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + finish + "}]}\n\n";
    }
}
