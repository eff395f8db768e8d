package io.llmnet.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.sse.FirstContent.State;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 4, 38, 46. */
class FirstContentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ": ping\n\n",
                "\n\n",
                "data:\n\n",
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\": null,\"tool_calls\":[]}}],\"usage\":null}\n\n",
                "data: {\"choices\":[],\"prompt_filter_results\":[{}]}\n\n",
                "data: {\"choices\":[{\"text\":\"\"}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"here, but not yet whole\"}}]}\n"
            })
    void waitsWhileNothingIsSaid(String stream) {
        assertThat(new FirstContent().feed(stream.getBytes(UTF_8))).isEqualTo(State.WAITING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"content\":\" \"}}]}",
                "{\"choices\":[{\"delta\":{\"content\" : \"a\"}}]}",
                "{\"choices\":[{\"delta\":{\"reasoning_content\":\"a\"}}]}",
                "{\"choices\":[{\"delta\":{\"reasoning\":\"a\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"text\":\"a\"}]}",
                "{\"choices\":[],\"usage\":{}}",
                "[DONE]"
            })
    void seesWhatIsSaid(String data) {
        assertThat(new FirstContent().feed(("data: " + data + "\n\n").getBytes(UTF_8)))
                .isEqualTo(State.CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"no\"}}\n\n",
                "data: {\"error\":\"no\"}\n\n",
                "data: {\"object\":\"error\",\"message\":\"no\"}\n\n",
                "error: {\"message\":\"no\"}\n\n"
            })
    void keepsTheErrorThatAStreamBeginsWith(String stream) {
        FirstContent first = new FirstContent();

        State state = first.feed((": hi\n\n" + stream).getBytes(UTF_8));

        assertThat(state).isEqualTo(State.ERROR);
        assertThat(new String(first.error(), UTF_8)).startsWith("{").contains("no");
    }

    @Test
    void staysWithWhatItSawFirst() {
        FirstContent first = new FirstContent();
        first.feed("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".getBytes(UTF_8));

        assertThat(first.feed("data: {\"error\":{}}\n\n".getBytes(UTF_8))).isEqualTo(State.CONTENT);
    }

    @Test
    void refusesAnEventThatIsNoJson() {
        ChatException e = catchThrowableOfType(
                ChatException.class, () -> new FirstContent().feed("data: {oops\n\n".getBytes(UTF_8)));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/stream.sse", "openai/stream-tools.sse", "vllm/stream.sse"})
    void seesContentHoweverTheStreamIsCut(String sample) {
        byte[] stream = Sample.bytes(sample);
        byte[] start = Arrays.copyOf(stream, 900);

        for (List<byte[]> chunks : Streams.cuts(start, 2)) {
            FirstContent first = new FirstContent();
            State last = State.WAITING;
            for (byte[] chunk : chunks) {
                last = first.feed(chunk);
            }
            assertThat(last).isEqualTo(State.CONTENT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"no memory\"}} | true",
                "{\"error\":\"no memory\"} | true",
                "{\"object\":\"error\",\"message\":\"no memory\"} | true",
                "{\"error\":null,\"choices\":[]} | false",
                "{\"choices\":[{\"message\":{\"content\":\"an \\\"error\\\"\"}}]} | false",
                "an error | false"
            })
    void knowsAnErrorThatCameWithAGoodStatus(String body, boolean isError) {
        assertThat(FirstContent.isError(body.getBytes(UTF_8))).isEqualTo(isError);
    }
}
