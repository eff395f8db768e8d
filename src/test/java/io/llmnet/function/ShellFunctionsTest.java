package io.llmnet.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs, really started. */
class ShellFunctionsTest {
    private final Caller caller = new Caller();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        caller.close();
    }

    @Test
    void anArgumentStaysOneWhateverIsInIt() {
        caller.with("INPUT", "a b; echo `id` $(id) \"c\" | cat\n*");

        assertThat(caller.call("{type: shell, command: printf, args: ['<%s>', $INPUT, 7]}"))
                .contains("<a b; echo `id` $(id) \"c\" | cat\n*><7>");
    }

    @Test
    void aProgramReadsTheTextThatItMayReplace() {
        String text = "long ".repeat(100_000);
        caller.with("OUTPUT", text);

        assertThat(caller.call("{type: shell, command: cat}")).contains(text.stripTrailing());
        assertThat(caller.call("{type: shell, command: 'true'}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`{\"a\": 1}`,`{\"a\":1}`", "`\"said\"`,said", "`8\n`,8", "`two\nlines\n`,`two\nlines`"})
    void jsonBecomesTextAndTextStays(String written, String output) {
        caller.with("OUTPUT", written);

        assertThat(caller.call("{type: shell, command: cat}")).contains(output);
    }

    @Test
    void aProgramSeesTheVariablesOfItsFunctionAndNoneOfTheServersKeys() {
        caller.with("NODE", "critic");

        String environment = caller.call("{type: shell, command: env, env: {WHO: 'I am $NODE'}}")
                .orElseThrow();

        assertThat(environment.lines()).contains("WHO=I am critic");
        assertThat(environment.lines().map(line -> line.replaceAll("=.*", "")))
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "USER",
                        "LANG",
                        "TZ",
                        "TMPDIR",
                        "LC_ALL",
                        "LC_CTYPE",
                        "WHO",
                        "PWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void aProgramRunsInItsFolder() throws IOException {
        assertThat(caller.call("{type: shell, command: pwd, cwd: '" + folder + "'}"))
                .contains(folder.toRealPath().toString());
    }

    @Test
    void anExitCodeIsToldAndWhatTheProgramSaidIsNot() {
        assertThat(caller.failure("{type: shell, command: sh, args: ['-c', 'echo secret; echo secret >&2; exit 3']}"))
                .isEqualTo("Shell command failed: exit code 3");
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        assertThat(caller.failure("{type: shell, command: no-such-program}"))
                .isEqualTo("Shell command failed: the program cannot be started; is it there, and its folder?");
    }

    @Test
    void endlessOutputIsCutOff() {
        assertThat(caller.failure("{type: shell, command: 'yes'}"))
                .isEqualTo("Shell command failed: it brought more than 1 MB");
    }

    @Test
    void aProgramThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        Path pids = folder.resolve("pids");

        String failure = caller.failure("{type: shell, command: sh, timeout: 1, args: ['-c',"
                + " 'sleep 1000 & echo $! > " + pids + "; sleep 1001']}");

        assertThat(failure).isEqualTo("it took longer than 1000 ms");
        hasEnded(Long.parseLong(Files.readString(pids).strip()));
    }

    @Test
    void aProgramWhoseChildStaysBehindHasEndedAllTheSame() throws Exception {
        Path pids = folder.resolve("pids");

        Optional<String> output = caller.call(
                "{type: shell, command: sh, args: ['-c'," + " 'sleep 1000 & echo $! > " + pids + "; echo done']}");

        assertThat(output).contains("done");
        ProcessHandle.of(Long.parseLong(Files.readString(pids).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aCallThatNobodyWantsKillsItsProgram() throws Exception {
        Path pid = folder.resolve("pid");
        CompletionStage<Optional<String>> call = caller.begin(
                Caller.function("{type: shell, command: sh, args: ['-c', 'echo $$$$ > " + pid + ".new; mv " + pid
                        + ".new " + pid + "; exec sleep 1000']}"),
                true);
        while (!Files.exists(pid)) {
            assertThat(call.toCompletableFuture()).isNotDone();
            Thread.onSpinWait();
        }

        caller.cancel.cancel();

        assertThat(Caller.failure(call)).isEqualTo("nobody wants it any more");
        hasEnded(Long.parseLong(Files.readString(pid).strip()));
    }

    private static void hasEnded(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void noProgramStartsWhereTheyAreSwitchedOff() {
        try (Caller forbidden = new Caller(new ShellPolicy(false, Set.of(), true))) {
            assertThat(forbidden.failure("{type: shell, command: 'true'}"))
                    .isEqualTo("Shell command failed: shell functions are switched off; see functions.shell.enabled");
        }
    }

    @Test
    void onlyWhatIsAllowedStarts() {
        try (Caller choosy = new Caller(new ShellPolicy(true, Set.of("cat"), false))) {
            choosy.with("OUTPUT", "text");

            assertThat(choosy.call("{type: shell, command: cat}")).contains("text");
            assertThat(choosy.failure("{type: shell, command: /bin/cat}"))
                    .isEqualTo("Shell command failed: its command is not one of those in functions.shell.allow");
        }
    }

    @Test
    void aFileThatCameOverTheNetworkStartsNothingUnlessThatIsAllowed() {
        Function foreign = Objects.requireNonNull(Caller.graph("{type: shell, command: echo, args: [hi]}")
                .fromNetwork()
                .functions()
                .get("f"));

        try (Caller open = new Caller(new ShellPolicy(true, Set.of(), true))) {
            assertThat(Caller.failure(caller.begin(foreign, true)))
                    .isEqualTo("Shell command failed: shell functions of files that came over the network are switched"
                            + " off; see functions.shell.network");
            assertThat(Caller.wait(open.begin(foreign, true))).contains("hi");
        }
    }
}
