package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StarterTest {
    private static SettingsFile.Read read(Starter starter, String text) {
        return SettingsFile.read(starter.file(), text, name -> null);
    }

    /** The file when all its settings count. */
    private static String awake(Starter starter) {
        return starter.text()
                .lines()
                .filter(line -> !line.startsWith("##"))
                .map(line -> line.startsWith("# ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> keys(Form form) {
        List<String> keys = new ArrayList<>();
        for (Key key : form.keys().values()) {
            if (!key.isLater() && !key.isNoted() && !key.meaning().equals("Has no effect.")) {
                keys.add(key.name());
                inner(key.shape()).map(StarterTest::keys).forEach(more -> more.forEach(keys::add));
            }
        }
        return keys.stream();
    }

    private static Stream<Form> inner(Shape shape) {
        if (shape instanceof Shape.Fields fields) {
            return Stream.of(fields.form());
        }
        if (shape instanceof Shape.Names names) {
            return inner(names.of());
        }
        return shape instanceof Shape.Items items ? inner(items.of()) : Stream.empty();
    }

    @ParameterizedTest
    @EnumSource
    void asItIsWrittenItSaysNothing(Starter starter) {
        SettingsFile.Read read = read(starter, starter.text());

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().gateway())
                .isEqualTo(read(starter, silent(starter)).settings().gateway());
    }

    /** What a file says that says nothing more than it must. */
    private static String silent(Starter starter) {
        return switch (starter) {
            case LLMNET -> "listen: {}";
            case NEXUS -> "[server]";
            case LLM_POOL ->
                starter.text().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
        };
    }

    @Test
    void allItsSettingsAreTheUsualOnes() {
        SettingsFile.Read read = read(Starter.LLMNET, awake(Starter.LLMNET));

        assertThat(read.problems()).isEmpty();
        GatewaySettings gateway = read.settings().gateway();
        assertThat(gateway.backends()).extracting(Listed::name).containsExactly("desk");
        assertThat(gateway.backends().get(0).models()).isEmpty();
        assertThat(gateway.budget().monthly()).isEqualTo(1_000_000);
        assertThat(new GatewaySettings(
                        List.of(),
                        Prices.LISTED,
                        gateway.rules(),
                        gateway.terms(),
                        gateway.discovery(),
                        new GatewaySettings.Budget(
                                null, gateway.budget().soft(), gateway.budget().hardAction()),
                        gateway.fleet(),
                        gateway.lifecycle(),
                        gateway.timeouts(),
                        gateway.continueBrokenStreams(),
                        gateway.ensembles(),
                        gateway.pool(),
                        gateway.cache()))
                .usingRecursiveComparison()
                .ignoringFields("discovery.isWritten")
                .isEqualTo(GatewaySettings.USUAL);
        assertThat(read.settings().timeouts()).isEqualTo(io.llmnet.backend.Timeouts.DEFAULT);
        assertThat(read.settings().keys())
                .containsEntry("llmnet.deadline", Duration.ofMinutes(5).toString());
    }

    @Test
    void allSettingsOfItsNexusAreTheUsualOnes() {
        SettingsFile.Read read = read(Starter.NEXUS, awake(Starter.NEXUS));

        assertThat(read.problems()).isEmpty();
        GatewaySettings usual = read(Starter.NEXUS, "[server]").settings().gateway();
        GatewaySettings gateway = read.settings().gateway();
        assertThat(gateway.terms()).isEqualTo(usual.terms());
        assertThat(gateway.discovery())
                .usingRecursiveComparison()
                .ignoringFields("isWritten")
                .isEqualTo(usual.discovery());
        assertThat(gateway.fleet()).isEqualTo(usual.fleet());
        assertThat(gateway.lifecycle()).isEqualTo(usual.lifecycle());
        assertThat(gateway.rules().quality()).isEqualTo(usual.rules().quality());
        assertThat(gateway.rules().aliases()).isEqualTo(Map.of("some-name", "some-model"));
    }

    @Test
    void allSettingsOfItsLlmPoolAreTheUsualOnes() {
        SettingsFile.Read read = read(Starter.LLM_POOL, awake(Starter.LLM_POOL));

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings())
                .isEqualTo(read(Starter.LLM_POOL, silent(Starter.LLM_POOL)).settings());
    }

    @ParameterizedTest
    @EnumSource
    void noKeyIsForgotten(Starter starter) {
        Form form = switch (starter) {
            case LLMNET -> Vocabulary.FILE;
            case NEXUS -> NexusVocabulary.FILE;
            case LLM_POOL -> LlmPoolVocabulary.FILE;
        };
        String text = starter.text();

        assertThat(keys(form))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(text).containsPattern("(?m)(^|[ {\\[.])" + key + "( =|:|])"));
    }
}
