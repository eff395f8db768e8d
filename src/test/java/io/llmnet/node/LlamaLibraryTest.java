package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LlamaLibraryTest {
    @Test
    void whatIsMissingIsSaidWithHowToInstallIt() {
        String said =
                "libgomp.so.1: cannot open shared object file: No such file or directory\nNo native library found";

        assertThat(LlamaLibrary.advice(said))
                .isEqualTo("llama.cpp cannot be loaded: libgomp is missing: apt-get install libgomp1 (Debian, Ubuntu)"
                        + " or dnf install libgomp (Fedora, RHEL)");
    }

    @Test
    void anyOtherReasonIsPassedOnInOneLine() {
        assertThat(LlamaLibrary.advice("noise\nno library for this machine"))
                .isEqualTo("llama.cpp cannot be loaded: no library for this machine");
    }
}
