package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Outline;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static Reading reading(String name) {
        return CompositionsTest.read(name, CompositionsTest.resource(name));
    }

    @Test
    void showsLayersAndConditions() {
        Graph graph = reading("conditional-routing.json").graph().orElseThrow();

        assertThat(Outline.text("conditional-routing.json", graph)).isEqualTo("""
                        llmnet v0.1.0 - Dry Run Mode

                        Composition: conditional-routing.json

                        Models (2):
                          - router [external]
                          - handler [external]

                        Pipeline Architecture:
                          Layer 0 (Input/Router):
                            [router] 0.0.0.0:8080 -> Layer [1]
                              Model: router

                          Layer 1 (Hidden):
                            [brief] 0.0.0.0:8081
                              Use-case: A line or less
                            [thorough] 0.0.0.0:8082
                              Use-case: A page or more, with everything that one could wish to kn...

                          Layer 2 (Hidden):
                            [editor] 0.0.0.0:8083
                              Use-case: Shortens

                          Output Layer:
                            [output] adapter: output

                        Validation: PASSED
                        Ready to start pipeline. Remove --dry-run to execute.
                        """);
    }

    @Test
    void showsAlertsAndWhatIsLeftToUs() {
        String text = """
                models: {m: {runner: ollama}}
                architecture:
                - {name: chat, output-to: [output]}
                - {name: bell, adapter: ws, url: "ws://me:secret@h/x?token=secret", if: $WORD_COUNT > 50}
                """;
        Graph graph = CompositionsTest.read("p.yaml", text).graph().orElseThrow();

        assertThat(Outline.text("p.yaml", graph))
                .contains("  - m [ollama]\n")
                .contains("    [chat] 127.0.0.1:auto -> output\n      Model: m\n")
                .contains("    [bell] adapter: ws -> ws://h/x\n      Condition: $WORD_COUNT > 50\n")
                .doesNotContain("secret");
    }

    @Test
    void theVerdictCountsOrTellsAll() {
        assertThat(Validation.text("basic-chatbot.json", reading("basic-chatbot.json")))
                .isEqualTo("✓ basic-chatbot.json is valid\n\n  Models: 1\n  Nodes:  2\n");
        assertThat(Validation.text("p.yaml", CompositionsTest.read("p.yaml", "modles: {}\narchitecture: []")))
                .isEqualTo("""
                        ✗ p.yaml is invalid

                          Error: p.yaml:1:1: the key "models" is missing; name the models under it
                          Warning: p.yaml:1:1: unknown key "modles"; did you mean "models"?
                          Error: p.yaml:2:15: architecture: has no nodes; add one
                        """);
    }

    @Test
    void theVerdictShowsWhereAConditionIsWrong() {
        String text = CompositionsTest.oneModel("name: in, if: $WORD_COUNT = 3");

        assertThat(Validation.text("p.yaml", CompositionsTest.read("p.yaml", text)))
                .isEqualTo("""
                        ✗ p.yaml is invalid

                          Error: p.yaml:3:30: architecture[0].if: "=" does not compare; write ==
                            $WORD_COUNT = 3
                                        ^
                        """);
    }
}
