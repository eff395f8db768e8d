package io.llmnet.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.runner.Soon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes: what becomes of a program when those end that should look after it. */
class GuardedTest {
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Will not be told to end, and starts a child that will not either; both write their ids. */
    private static final String STUBBORN =
            "trap '' TERM; echo me $$; sh -c \"trap '' TERM; echo child \\$\\$; while :; do sleep 0.1; done\" &"
                    + " while :; do sleep 0.1; done";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ProgramLog log;

    @BeforeEach
    void openLog() {
        log = new ProgramLog(folder.resolve("logs/program.log"));
    }

    private Guarded start(String script) throws IOException {
        return Guarded.start(List.of("sh", "-c", script), Map.of("GREETING", "hello"), GRACE, log);
    }

    private String said() {
        try {
            return Files.exists(log.file()) ? Files.readString(log.file()) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The ids that the stubborn family wrote. */
    private List<Long> family() {
        Soon.holds("both are there", () -> said().contains("me ") && said().matches("(?s).*child \\d+\n.*"));
        List<Long> ids = new ArrayList<>();
        said().lines()
                .filter(line -> line.matches("(me|child) \\d+"))
                .forEach(line -> ids.add(Long.valueOf(line.replaceAll("\\D", ""))));
        return ids;
    }

    private static boolean isGuard(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("llmnet-guard");
    }

    @Test
    void whatItSaysAndItsExitCodeAreKept() throws Exception {
        Guarded program = start("echo $GREETING; echo world >&2; cat; exit 7");

        assertThat(program.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(program.code()).isEqualTo(7);
        assertThat(said()).isEqualTo("hello\nworld\n");
    }

    @Test
    void aProgramThatIsNotThereEndsLikeInAShell() throws Exception {
        Guarded program = Guarded.start(List.of("/nowhere/program"), Map.of(), GRACE, log);

        assertThat(program.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(program.code()).isIn(126, 127, 1);
        assertThat(said()).contains("/nowhere/program");
    }

    @Test
    void toldToEndItMayDoSoInPeace() throws Exception {
        Guarded program = start("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        Soon.holds("it is ready", () -> said().contains("ready"));

        program.stop();

        assertThat(program.code()).isZero();
        assertThat(said()).endsWith("bye\n");
    }

    @Test
    void whatWillNotEndIsKilledWithItsChildren() throws Exception {
        Guarded program = start(STUBBORN);
        List<Long> family = family();

        program.stop();

        assertThat(program.isAlive()).isFalse();
        assertThat(family).hasSize(2).allSatisfy(Soon::isGone);
    }

    @Test
    void aChildWithASessionOfItsOwnIsEndedToo() throws Exception {
        Guarded program = start("setsid sh -c 'echo child $$; while :; do sleep 0.1; done' & echo me $$; wait");
        List<Long> family = family();

        program.stop();

        assertThat(family).hasSize(2).allSatisfy(Soon::isGone);
    }

    @Test
    void killedWeLeaveNothingBehind() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardedParent.class.getName(),
                        log.file().toString(),
                        "sh",
                        "-c",
                        STUBBORN)
                .start();
        List<Long> family = family();
        List<ProcessHandle> all = parent.descendants().toList();

        parent.destroyForcibly();

        assertThat(family).hasSize(2).allSatisfy(Soon::isGone);
        assertThat(all).hasSizeGreaterThanOrEqualTo(4).allSatisfy(process -> Soon.isGone(process.pid()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void killedEitherHalfOfTheGuardLeavesNothingBehind(int half) throws Exception {
        Guarded program = start(STUBBORN);
        List<Long> family = family();
        List<ProcessHandle> guards = ProcessHandle.current()
                .descendants()
                .filter(GuardedTest::isGuard)
                .sorted((one, other) -> Long.compare(one.pid(), other.pid()))
                .toList();

        assertThat(guards).hasSize(2);
        guards.get(half).destroyForcibly();
        if (half == 1) {
            program.stop();
        }

        assertThat(family).hasSize(2).allSatisfy(Soon::isGone);
        assertThat(guards).allSatisfy(guard -> Soon.isGone(guard.pid()));
    }

    @Test
    void aLogThatIsFullIsBegunAnew() throws IOException {
        ProgramLog small = new ProgramLog(folder.resolve("small.log"), 10);

        small.write("0123456789\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 11);
        small.write("more\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 5);
        small.close();

        assertThat(folder.resolve("small.log")).hasContent("more");
        assertThat(folder.resolve("small.log.1")).hasContent("0123456789");
        assertThat(small.lastWords()).isEqualTo("0123456789\nmore");
    }
}
