package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void theHeadTellsOfTheModel() {
        Path file = GgufFile.llama().in(folder);

        Gguf gguf = Gguf.read(file);

        assertThat(gguf.architecture()).isEqualTo("llama");
        assertThat(gguf.name()).contains("Small");
        assertThat(gguf.contextLength()).isEqualTo(2048);
        assertThat(gguf.chatTemplate()).contains("{{ messages }}");
        assertThat(gguf.contextBytesPerToken()).isEqualTo(2 * 2 * (16 + 16) * 2);
    }

    @Test
    void whetherPromptsAreOpenedIsSaidByTheFileBeforeItsKind() {
        Gguf silent = Gguf.read(GgufFile.llama().in(folder));
        Gguf saying = Gguf.read(
                GgufFile.llama().flag("tokenizer.ggml.add_bos_token", true).in(folder));

        assertThat(silent.opensPrompts()).isFalse();
        assertThat(saying.opensPrompts()).isTrue();
    }

    @Test
    void aMissingFileIsSaid() {
        Path file = folder.resolve("none.gguf");

        assertThatThrownBy(() -> Gguf.read(file))
                .isInstanceOf(NodeFailure.class)
                .hasMessage(file + ": no such file; give the path of a .gguf model");
    }

    @Test
    void aFolderIsSaid() {
        assertThatThrownBy(() -> Gguf.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void anotherKindOfFileIsSaid() {
        Path file = GgufFile.write(folder, "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Gguf.read(file))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("is not a GGUF model");
    }

    @Test
    void aModelCutShortIsSaid() {
        byte[] whole = GgufFile.llama().bytes();
        Path file = GgufFile.write(folder, Arrays.copyOf(whole, whole.length - 96));

        assertThatThrownBy(() -> Gguf.read(file)).hasMessageContaining("cut short; fetch it again");
    }

    @Test
    void aHugeLengthIsNotBelieved() {
        byte[] bytes = GgufFile.llama().bytes();
        Arrays.fill(bytes, 24, 31, (byte) 0x7f);
        Path file = GgufFile.write(folder, bytes);

        assertThatThrownBy(() -> Gguf.read(file)).isInstanceOf(NodeFailure.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMangledFileIsReadOrRefusedButNeverAnythingElse(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] bytes = GgufFile.llama().bytes();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Path file = GgufFile.write(folder, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));

        String told = outcome(file);

        assertThat(told).startsWith(file.toString());
    }

    private static String outcome(Path file) {
        try {
            Gguf gguf = Gguf.read(file);
            return file + gguf.architecture() + gguf.contextLength() + gguf.contextBytesPerToken();
        } catch (NodeFailure e) {
            return String.valueOf(e.getMessage());
        }
    }
}
