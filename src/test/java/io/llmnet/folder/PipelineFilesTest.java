package io.llmnet.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.Compositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFilesTest {
    @TempDir
    @Nullable
    Path temporary;

    private PipelineFiles files =
            new PipelineFiles(List.of(), (name, text) -> Compositions.read(name, text, v -> null));
    private long secondsAgo = 1000;

    @BeforeEach
    void open() {
        files = new PipelineFiles(List.of(folder()), (name, text) -> Compositions.read(name, text, v -> null));
    }

    private Path folder() {
        return Objects.requireNonNull(temporary);
    }

    /** Written a while ago, and never twice at the same time: what is fresh is another test's. */
    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder().resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo--)));
    }

    private static String pipeline(String url) {
        return "models: {m: {url: '" + url + "'}}\narchitecture: [{name: chat, layer: 0, model: m}]\n";
    }

    private static String url(Graph graph) {
        return Objects.requireNonNull(graph.models().get("m")).url().toString();
    }

    @Test
    void whatIsNewIsPut() throws IOException {
        write("a.yaml", pipeline("http://one"));
        write(
                "b.json",
                "{'models':{'m':{'url':'http://two'}},'architecture':[{'name':'chat','model':'m'}]}"
                        .replace('\'', '"'));
        write("notes.txt", "no pipeline");
        write("llmnet.yaml", "listen: {port: 1}");
        write(".hidden.yaml", "no pipeline");

        Change change = files.look();

        assertThat(change.put()).extracting(Graph::name).containsExactlyInAnyOrder("a", "b");
        assertThat(change.wrong()).isEmpty();
        assertThat(files.look().isNone()).isTrue();
    }

    @Test
    void whatChangedIsPutAgainAndNothingElse() throws IOException {
        write("a.yaml", pipeline("http://one"));
        write("b.yaml", pipeline("http://two"));
        files.look();
        write("a.yaml", pipeline("http://three"));

        Change change = files.look();

        assertThat(change.put()).extracting(PipelineFilesTest::url).containsExactly("http://three");
        assertThat(change.gone()).isEmpty();
    }

    @Test
    void aTouchedFileIsNoChange() throws IOException {
        write("a.yaml", pipeline("http://one"));
        files.look();
        write("a.yaml", pipeline("http://one"));

        assertThat(files.look().isNone()).isTrue();
    }

    @Test
    void whatIsGoneIsTakenAway() throws IOException {
        Path file = write("a.yaml", pipeline("http://one"));
        files.look();
        Files.delete(file);

        assertThat(files.look().gone()).containsExactly("a");
        assertThat(files.inPlace()).isEmpty();
    }

    @Test
    void aRenamedFileIsAnotherPipelineAtOnce() throws IOException {
        Path file = write("a.yaml", pipeline("http://one"));
        files.look();
        Files.move(file, folder().resolve("b.yaml"));

        Change change = files.look();

        assertThat(change.gone()).containsExactly("a");
        assertThat(change.put()).extracting(Graph::name).containsExactly("b");
    }

    @Test
    void aBrokenFileIsToldWithItsPlaceAndTheOldVersionStays() throws IOException {
        Path file = write("a.yaml", pipeline("http://one"));
        files.look();
        write("a.yaml", "models: {m: {url: 'ftp://one'}}\narchitecture: [{name: chat, layer: 0, model: m}]\n");

        Change change = files.look();

        assertThat(change.put()).isEmpty();
        assertThat(change.gone()).isEmpty();
        assertThat(change.wrong())
                .containsExactly(
                        file + ":1:19: models.m.url: must begin with http:// or https://; write it like"
                                + " http://127.0.0.1:8000",
                        file + ": its last right version stays in place");
        assertThat(files.inPlace()).containsOnlyKeys("a");
        assertThat(files.look().isNone()).isTrue();
    }

    @Test
    void aBrokenFileThatGoesTakesItsPipelineAlong() throws IOException {
        Path file = write("a.yaml", pipeline("http://one"));
        files.look();
        write("a.yaml", "models: [");
        files.look();
        Files.delete(file);

        assertThat(files.look().gone()).containsExactly("a");
    }

    @Test
    void aHalfWrittenFileIsReadAgainBeforeAnybodyIsTold() throws IOException {
        files.look();
        write("first.yaml", pipeline("http://one"));
        files.look();
        Files.writeString(folder().resolve("a.yaml"), "models: {m: ");

        Change half = files.look();
        Files.writeString(folder().resolve("a.yaml"), pipeline("http://one"));
        Change whole = files.look();

        assertThat(half.wrong()).isEmpty();
        assertThat(whole.put()).extracting(Graph::name).containsExactly("a");
    }

    @Test
    void aFileThatBreaksAndGoesBetweenTwoLooksTakesItsPipelineAlong() throws IOException {
        Path file = write("a.yaml", pipeline("http://one"));
        files.look();
        Files.writeString(file, "models: [");
        files.look();
        Files.delete(file);

        assertThat(files.look().gone()).containsExactly("a");
    }

    @Test
    void whatIsNoTextIsTold() throws IOException {
        Path file = folder().resolve("a.yaml");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(files.look().wrong())
                .containsExactly(file + ": cannot be read; it must be UTF-8 text that you may read");
    }

    @Test
    void ofTwoFilesOfOneNameTheFirstHasItUntilItGoes() throws IOException {
        Path first = write("a.yaml", pipeline("http://one"));
        Path second = write("a.yml", pipeline("http://two"));

        Change both = files.look();
        Files.delete(first);
        Change left = files.look();

        assertThat(both.put()).extracting(PipelineFilesTest::url).containsExactly("http://one");
        assertThat(both.wrong())
                .containsExactly(second + ": " + first + " has the pipeline a already; rename one of the two");
        assertThat(left.put()).extracting(PipelineFilesTest::url).containsExactly("http://two");
        assertThat(left.gone()).isEmpty();
    }

    @Test
    void aSecretMayChangeWithoutTheFileThatNamesIt() throws IOException {
        Map<String, String> values = new HashMap<>(Map.of("SERVER", "http://one"));
        files = new PipelineFiles(
                List.of(folder()), (name, text) -> Compositions.read(name, text, values::get, secret -> values));
        write("a.yaml", "secrets: {s: {source: env, variable: SERVER}}\n" + pipeline("$secrets.s.SERVER"));
        write("b.yaml", pipeline("http://other"));
        files.look();
        values.put("SERVER", "http://two");
        files.again(Set.of(new Secret.Env("SERVER")));

        assertThat(files.look().put()).extracting(PipelineFilesTest::url).containsExactly("http://two");
    }

    @Test
    void aFolderThatIsGoneForAMomentLosesItsPipelinesAndGetsThemBack() throws IOException {
        write("a.yaml", pipeline("http://one"));
        files.look();
        Path aside = folder().resolveSibling(folder().getFileName() + "-aside");
        Files.move(folder(), aside);

        Change away = files.look();
        Files.move(aside, folder());
        Change back = files.look();

        assertThat(away.gone()).containsExactly("a");
        assertThat(back.put()).extracting(Graph::name).containsExactly("a");
    }
}
