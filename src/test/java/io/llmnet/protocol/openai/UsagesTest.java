package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.sse.Streams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 16, 45. */
class UsagesTest {
    private static final Usage SPENT = new Usage(100, 10, 0, 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'x':1.0, 'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3,'cost':0.10}}; {'x':1.0, 'usage':{'prompt_tokens':101,'completion_tokens':12,'total_tokens':113,'cost':0.10}}",
                "{'x':1e3,'usage':null };  {'x':1e3,'usage':{'prompt_tokens':100,'completion_tokens':10,'total_tokens':110} }",
                "{'x':1e3 };               {'x':1e3 ,'usage':{'prompt_tokens':100,'completion_tokens':10,'total_tokens':110}}",
                "{'usage':{'prompt_tokens_details':null}}; {'usage':{'prompt_tokens_details':null,'prompt_tokens':100,'completion_tokens':10,'total_tokens':110}}",
                "{};                       {}",
                "[];                       []"
            })
    void addsToAWholeAnswer(String answer, String expected) {
        byte[] added = Usages.add(answer.replace('\'', '"').getBytes(UTF_8), SPENT);

        assertThat(new String(added, UTF_8)).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void addsDetailsThatAreThereOrSpent() {
        byte[] answer =
                "{\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":5,\"audio_tokens\":1}}}".getBytes(UTF_8);

        byte[] added = Usages.add(answer, new Usage(9, 8, 2, 3));

        assertThat(new String(added, UTF_8))
                .contains("\"prompt_tokens_details\":{\"cached_tokens\":7,\"audio_tokens\":1}")
                .contains("\"completion_tokens_details\":{\"reasoning_tokens\":3}");
    }

    @Test
    void refusesAnAnswerThatIsNoJson() {
        ChatException e = catchThrowableOfType(ChatException.class, () -> Usages.add("{".getBytes(UTF_8), SPENT));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/stream.sse", "openai/stream-tools.sse", "vllm/stream.sse"})
    void addsToTheUsageOfAStreamAndLeavesTheRest(String sample) {
        byte[] stream = Sample.bytes(sample);
        String expected = new String(stream, UTF_8)
                .replace(
                        "\"prompt_tokens\":24,\"completion_tokens\":5,\"total_tokens\":29",
                        "\"prompt_tokens\":124,\"completion_tokens\":15,\"total_tokens\":139")
                .replace(
                        "\"prompt_tokens\":19,\"total_tokens\":61,\"completion_tokens\":42",
                        "\"prompt_tokens\":119,\"total_tokens\":171,\"completion_tokens\":52");

        for (List<byte[]> chunks : Streams.cuts(stream, 4)) {
            assertThat(new String(Streams.through(Usages.addToStream(SPENT), chunks), UTF_8))
                    .isEqualTo(expected);
        }
    }

    @Test
    void passesOnAnythingThatIsNotAUsage() {
        String odd =
                "data: {\"usage\":{oops}}\r\n\r\ndata: {\"x_groq\":{\"usage\":{\"prompt_tokens\":1}}}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":{\"}}]}\n\n: x\rdata";

        for (List<byte[]> chunks : Streams.cuts(odd.getBytes(UTF_8), 5)) {
            assertThat(new String(Streams.through(Usages.addToStream(SPENT), chunks), UTF_8))
                    .isEqualTo(odd);
        }
    }

    @Test
    void copiesNoChunkOfWholeEventsWithoutUsage() {
        byte[] chunk = "data: {\"choices\":[]}\n\n".getBytes(UTF_8);

        assertThat(Usages.addToStream(SPENT).bytes(chunk)).isSameAs(chunk);
        assertThat(Usages.addToStream(Usage.NONE).bytes(chunk)).isSameAs(chunk);
    }

    @ParameterizedTest
    @CsvSource({"openai/stream.sse, 24, 5, true", "vllm/stream.sse, 19, 42, true", "openai/stream-tools.sse, 0, 0, true"
    })
    void tapsUsageAndEndHoweverTheStreamIsCut(String sample, long prompt, long completion, boolean isComplete) {
        byte[] stream = Sample.bytes(sample);

        for (List<byte[]> chunks : Streams.cuts(stream, 6)) {
            UsageTap tap = new UsageTap();
            byte[] seen = Streams.through(tap, chunks);

            assertThat(seen).isEqualTo(stream);
            assertThat(tap.usage()).isEqualTo(Usage.of(prompt, completion));
            assertThat(tap.isComplete()).isEqualTo(isComplete);
        }
    }

    @Test
    void knowsAStreamThatBrokeOff() {
        UsageTap tap = new UsageTap();

        tap.bytes("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n".getBytes(UTF_8));

        assertThat(tap.isComplete()).isFalse();
    }

    @Test
    void keepsAnErrorBackHoweverTheStreamIsCut() {
        String said = "data: {\"choices\":[{\"delta\":{\"content\":\"an error\"},\"finish_reason\":null}]}\n\n";
        byte[] all = (said + "data: {\"error\":{\"message\":\"out of memory\"}}\n\ndata: [DONE]\n\n").getBytes(UTF_8);
        for (int cut = 0; cut < all.length; cut++) {
            UsageTap tap = new UsageTap();
            String seen = new String(tap.bytes(Arrays.copyOf(all, cut)), UTF_8);
            if (tap.failure() == null) {
                seen += new String(tap.bytes(Arrays.copyOfRange(all, cut, all.length)), UTF_8);
            }

            assertThat(seen).isEqualTo(said);
            assertThat(tap.failure()).isEqualTo("{\"error\":{\"message\":\"out of memory\"}}".getBytes(UTF_8));
            assertThat(tap.isComplete()).isFalse();
            assertThat(tap.end()).isEmpty();
        }
    }

    @Test
    void knowsWhatIsWholeFromWhatOnlyLacksItsLastWords() {
        UsageTap tap = new UsageTap();

        tap.bytes("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n".getBytes(UTF_8));
        assertThat(tap.isComplete()).isTrue();
        assertThat(tap.isDone()).isFalse();
        tap.bytes("data: [DONE]\n\n".getBytes(UTF_8));

        assertThat(tap.isDone()).isTrue();
    }
}
