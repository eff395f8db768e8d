package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Cli(terminal, Map.<String, String>of()::get, new NoServer(), flags -> 0).run(arguments);
    }

    private String script(String shell) {
        out.reset();
        assertThat(run("completions", shell)).isZero();
        return out.toString(UTF_8);
    }

    /** What a program prints that gets the script as a file. */
    private List<String> said(String shell, String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script"), text);
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(shell, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(printed);
    }

    private static void assumeInstalled(String shell) {
        boolean isThere = List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, shell)));
        Assumptions.assumeTrue(isThere, shell + " is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "llmnet ba,backends",
        "llmnet backends re,remove",
        "llmnet backends list --js,--json",
        "llmnet backends list --status dr,draining",
        "llmnet explain --ser,--server",
        "llmnet completions pow,powershell"
    })
    void bashCompletesWhatWasBegun(String typed, String completed) throws Exception {
        assumeInstalled("bash");
        List<String> words = List.of(typed.split(" ", -1));

        List<String> said = said(
                "bash",
                script("bash") + "\ncompopt() { :; }\nCOMP_WORDS=(" + typed + ")\nCOMP_CWORD=" + (words.size() - 1)
                        + "\nCOMP_LINE='" + typed
                        + "'\nCOMP_POINT=${#COMP_LINE}\n_complete_llmnet\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");

        assertThat(said).contains(completed).allMatch(word -> word.startsWith(words.get(words.size() - 1)));
    }

    @ParameterizedTest
    @CsvSource({"llmnet ba,backends", "llmnet backends list --server x --js,--json"})
    void fishCompletesWhatWasBegun(String typed, String completed) throws Exception {
        assumeInstalled("fish");

        assertThat(said("fish", script("fish") + "\ncomplete -C '" + typed + "'\n"))
                .anyMatch(line -> line.startsWith(completed + "\t"));
    }

    @Test
    void zshReadsTheScript() throws Exception {
        assumeInstalled("zsh");

        assertThat(said(
                        "zsh",
                        "autoload -U compinit && compinit -u -D\n" + script("zsh") + "\nprint ${_comps[llmnet]}\n"))
                .contains("_bash_complete -o default -F _complete_llmnet");
    }

    @Test
    void everyCommandAndOptionIsInTheOtherScripts() {
        assertThat(script("fish"))
                .contains("complete -c llmnet -n '__llmnet_at ' -a 'backends' -d ")
                .contains("complete -c llmnet -n '__llmnet_at backends list' -s s -l status"
                        + " -xa 'healthy unhealthy unknown draining'")
                .contains("complete -c llmnet -n '__llmnet_at backends list' -l json -d 'Print JSON'");
        assertThat(script("powershell")).contains("'backends add' = @(\n", "'--api-key-env|");
        assertThat(script("elvish")).contains("&'backends add'=[\n", "['--api-key-env' '");
    }

    @Test
    void anotherShellIsMisuse() {
        assertThat(run("completions", "tcsh")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("no script for 'tcsh'; say bash, zsh, fish, elvish, powershell");
    }

    private static final class NoServer implements Server {
        @Override
        public int serve(RunOptions options, Consumer<URI> listening) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void stop(int code) {
            throw new IllegalStateException("nobody asks for it");
        }
    }
}
