package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "openai/chat.json;    Paris.; stop;       24; 3; 16; 0",
                "vllm/chat.json;      Paris.; stop;       19; 42; 0; 0",
                "llamacpp/chat.json;  Paris.; stop;       12; 3; 4; 0",
                "openai/tools.json;   '';     tool_calls; 82; 17; 0; 0"
            })
    void readsWhatServersAnswer(
            String sample, String text, String finish, long prompt, long completion, long cached, long reasoning) {
        Completion completed = Completion.parse(Sample.bytes(sample));

        assertThat(completed).isEqualTo(new Completion(text, finish, new Usage(prompt, completion, cached, reasoning)));
    }

    @Test
    void joinsPartsAndToleratesWhatIsMissing() {
        Completion completed = Completion.parse(
                "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"text\":\"b\"},1]}}],\"usage\":null}"
                        .getBytes(UTF_8));

        assertThat(completed).isEqualTo(new Completion("ab", null, Usage.NONE));
    }

    @Test
    void doesNotBelieveSenselessCounts() {
        Completion completed = Completion.parse(
                ("{\"choices\":[{\"message\":{}}],\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1e400,"
                                + "\"prompt_tokens_details\":null}}")
                        .getBytes(UTF_8));

        assertThat(completed.usage()).isEqualTo(Usage.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"choices\":[]}", "{\"choices\":[{}]}", "<html>"})
    void callsTheRestNonsense(String answer) {
        ChatException e = catchThrowableOfType(ChatException.class, () -> Completion.parse(answer.getBytes(UTF_8)));

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }
}
