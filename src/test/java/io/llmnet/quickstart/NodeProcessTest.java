package io.llmnet.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {
    private static final List<String> FAKE = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of("target", "test-classes").toString(),
            FakeNode.class.getName());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private NodeProcess start(String model) throws IOException {
        return NodeProcess.start(FAKE, folder.resolve(model), folder.resolve("logs/node.log"));
    }

    @Test
    void answersOnceItIsHealthyAndEndsWhenClosed() throws IOException {
        NodeProcess node = start("good.gguf");
        try (node) {
            node.awaitHealthy();
        }

        assertThatThrownBy(() -> new Socket(node.root().getHost(), node.root().getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void lastWordsAreThoseOfThisRun() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/node.log"), "words of an earlier run\n");

        try (NodeProcess node = start("bad.gguf")) {
            assertThatThrownBy(node::awaitHealthy)
                    .hasMessageContaining("ended with code 1")
                    .hasMessageEndingWith("node.log:\nbad.gguf is no model");
        }
    }

    @Test
    void itsDeathIsToldWhileItIsNeeded() throws Exception {
        CountDownLatch bereaved = new CountDownLatch(1);
        try (NodeProcess node = start("good.gguf")) {
            node.awaitHealthy();
            node.serve(bereaved::countDown);

            ProcessHandle.current()
                    .descendants()
                    .filter(child -> child.info().commandLine().orElse("").startsWith(FAKE.get(0) + " "))
                    .forEach(ProcessHandle::destroyForcibly);

            assertThat(bereaved.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(node.obituary()).contains("ended with code 137");
        }
    }

    @Test
    void itsEndIsNotDeathWhenClosed() throws Exception {
        AtomicBoolean bereaved = new AtomicBoolean();
        try (NodeProcess node = start("good.gguf")) {
            node.awaitHealthy();
            node.serve(() -> bereaved.set(true));
        }

        assertThat(bereaved).isFalse();
    }
}
