package io.llmnet.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import io.llmnet.protocol.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkCollectorTest {
    @Test
    void joinsTextHoweverTheStreamIsCut() {
        for (List<byte[]> chunks : Streams.cuts(Sample.bytes("openai/stream.sse"), 3)) {
            JsonNode answer = collected(chunks);

            assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
            assertThat(answer.at("/choices/0/message/content").asText())
                    .isEqualTo("Caf\u00e9 \u4f60\u597d \ud83d\ude00");
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(29);
        }
    }

    /** CONFORMANCE 14: parallel calls, interleaved. */
    @Test
    void fillsToolCallsByIndex() {
        JsonNode calls =
                collected(List.of(Sample.bytes("openai/stream-tools.sse"))).at("/choices/0/message/tool_calls");

        assertThat(calls.toString())
                .isEqualTo("[{\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                        + "\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}},{\"id\":\"call_b\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_time\",\"arguments\":\"{}\"}}]");
    }

    /** CONFORMANCE 17. */
    @Test
    void keepsReasoning() {
        JsonNode message = collected(List.of(Sample.bytes("vllm/stream.sse"))).at("/choices/0/message");

        assertThat(message.path("reasoning_content").asText()).isEqualTo("\nEasy.");
        assertThat(message.path("content").asText()).isEqualTo("Paris.");
    }

    @Test
    void keepsAllChoicesAndTheirLogprobs() {
        String chunk =
                "data: {\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"},\"logprobs\":{\"content\":[{\"token\":\"%s\"}]},"
                        + "\"finish_reason\":%s}]}\n\n";
        String stream = String.format(chunk, 1, "b", "b", "null")
                + String.format(chunk, 0, "a", "a", "\"stop\"")
                + String.format(chunk, 1, "c", "c", "\"length\"");

        JsonNode choices = collected(List.of(stream.getBytes(UTF_8))).path("choices");

        assertThat(choices.at("/0/message/content").asText()).isEqualTo("a");
        assertThat(choices.at("/1/message/content").asText()).isEqualTo("bc");
        assertThat(choices.at("/1/finish_reason").asText()).isEqualTo("length");
        assertThat(choices.at("/1/logprobs/content")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "data: {'error':{'message':'out of memory'}};        BACKEND_FAILED",
                "data: {'error':'out of memory'};                    BACKEND_FAILED",
                "data: {;                                            BACKEND_NONSENSE",
                "data: [];                                           BACKEND_NONSENSE",
                "data: {'choices':[{'delta':{'content':'a'}}]};      STREAM_BROKEN",
                "data: [DONE];                                       STREAM_BROKEN",
                ": nothing;                                          STREAM_BROKEN"
            })
    void saysWhatWentWrong(String event, Fault fault) {
        byte[] stream = (event.replace('\'', '"') + "\n\n").getBytes(UTF_8);

        ChatException e = catchThrowableOfType(ChatException.class, () -> collected(List.of(stream)));

        assertThat(e.fault()).isEqualTo(fault);
    }

    private static JsonNode collected(List<byte[]> chunks) {
        ChunkCollector collector = new ChunkCollector();
        chunks.forEach(collector::feed);
        return Json.object(collector.completion(), Fault.INTERNAL, "it");
    }
}
