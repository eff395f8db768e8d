package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Runner;
import io.llmnet.pipeline.Runner.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files say of the programs that serve models. */
class RunnerFormTest {
    private static Reading read(String model) {
        return CompositionsTest.read("p.yaml", "models:\n  key: {" + model + "}\narchitecture: [{name: chat}]\n");
    }

    private static List<String> problems(String model) {
        return read(model).problems().stream().map(Problem::toString).toList();
    }

    private static Model model(String form) {
        Reading reading = read(form);
        assertThat(reading.problems()).isEmpty();
        return Objects.requireNonNull(reading.graph().orElseThrow().models().get("key"));
    }

    private static Runner runner(String form) {
        return Objects.requireNonNull(model(form).runner());
    }

    @Test
    void parametersKeepTheirOrderTheirDigitsAndTheirKind() {
        Runner runner = runner("runner: vllm, source: org/m, hf_pat: $PORT, parameters: {max_model_len: 4096,"
                + " gpu_memory_utilization: 0.90, enforce_eager: true, dtype: '${PORT}x', stop: [a, 2]}");

        assertThat(runner.parameters())
                .containsExactly(
                        new Parameter("max_model_len", List.of("4096"), false),
                        new Parameter("gpu_memory_utilization", List.of("0.90"), false),
                        new Parameter("enforce_eager", List.of("true"), true),
                        new Parameter("dtype", List.of("9000x"), false),
                        new Parameter("stop", List.of("a", "2"), false));
        assertThat(runner.token()).isEqualTo("9000");
        assertThat(runner).hasToString("vllm org/m");
    }

    @Test
    void aPromptsDollarSignIsADollarSign() {
        Runner runner = runner("runner: ollama, source: m, parameters: {system: 'Costs $5, or $PORT.'}");

        assertThat(runner.parameters()).containsExactly(new Parameter("system", List.of("Costs $5, or $PORT."), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    runner: vllm, source: m                                         | 600
                    runner: llama-cpp, source: m.gguf                               | 120
                    runner: ollama, source: m, parameters: {ready-timeout: 5m}      | 300
                    """)
    void aProgramMayTakeItsTimeToBeReady(String form, long seconds) {
        assertThat(runner(form).readyTimeout()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(runner(form).parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    source: m                                       | FREE      | true
                    source: m, url: 'http://127.0.0.1:9/v1'    | FIXED     | true
                    source: m, url: 'http://LocalHost:9/v1'    | FIXED     | true
                    source: m, url: 'http://[::1]:9'                | FIXED     | true
                    source: m, url: 'http://gpu-box:9'         | ELSEWHERE | false
                    source: m, url: 'https://127.0.0.1:9'      | ELSEWHERE | false
                    """)
    void onlyWhatIsHereIsStarted(String form, Runner.Place place, boolean isStarted) {
        Model model = model("runner: llama-cpp, " + form);

        assertThat(model.isStarted()).isEqualTo(isStarted);
        assertThat(Objects.requireNonNull(model.runner()).place()).isEqualTo(place);
    }

    @Test
    void whatIsWrongIsToldWhereItStands() {
        assertThat(problems("runner: vllm"))
                .containsExactly(
                        "p.yaml:2:8: models.key: does not say which model to run; add" + " \"source\": \"org/model\"");
        assertThat(problems("runner: llama-cpp, source: m.gguf, docker: {image: i}, parameters: {a: {b: 1}, n: [[1]],"
                        + " ready-timeout: soon}"))
                .containsExactly(
                        "p.yaml:2:52: models.key.docker: has no effect with the runner llama-cpp; take it out",
                        "p.yaml:2:80: models.key.parameters.a: must be text, a number, true, false, or a list of such",
                        "p.yaml:2:91: models.key.parameters.n: must be text, a number, true, false, or a list of such",
                        "p.yaml:2:113: models.key.parameters.ready-timeout: must be a time such as 250ms, 30s or 5m");
        assertThat(problems("runner: docker"))
                .containsExactly("p.yaml:2:8: models.key: does not say which container to run;"
                        + " add \"docker\": {\"image\": \"...\"}");
        assertThat(problems("runner: docker, docker: {imge: i, volumes: [x], env: {A: []}, gpus: [], detached: yes}"))
                .containsExactly(
                        "p.yaml:2:33: models.key.docker: names no image; add \"image\", or \"dockerfile\" to build one",
                        "p.yaml:2:34: models.key.docker: unknown key \"imge\"; did you mean \"image\"?",
                        "p.yaml:2:52: models.key.docker.volumes: must be a list of texts such as \"/here:/there\"",
                        "p.yaml:2:66: models.key.docker.env.A: must be text, a number, true or false, not a list",
                        "p.yaml:2:77: models.key.docker.gpus: must be text, not a list",
                        "p.yaml:2:91: models.key.docker.detached: must be true or false, not text");
        assertThat(problems("runner: docker, docker: {image: i, dockerfile: d}"))
                .contains(
                        "p.yaml:2:56: models.key.docker.dockerfile: cannot stand beside \"image\"; take one of the two"
                                + " out");
    }

    @Test
    void aContainerIsNotStartedAndItsCommandIsTold() {
        Reading reading =
                CompositionsTest.read("qwen3-80b-simple.json", CompositionsTest.resource("qwen3-80b-simple.json"));

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "qwen3-80b-simple.json:3:18: models.qwen3-80b: is not started by llmnet; start it, and it"
                                + " is asked at http://127.0.0.1:8090: docker run --name vllm --network host -d --gpus all --ipc"
                                + " host -e MODEL=some-org/Qwen3-Next-80B -e PORT=8090"
                                + " -v ~/.cache/huggingface:/root/.cache/huggingface some/vllm:v14 serve");
        assertThat(reading.graph()).isPresent();
    }

    @Test
    void aContainersCommandHoldsAllThatTheFileSaysButSecrets() {
        List<String> problems =
                problems("runner: docker, source: org/m, parameters: {gpu_memory_utilization: 0.9, eager: true},"
                        + " docker: {dockerfile: ./Dockerfile, context: ., registry: {url: ghcr.io, token: t, username: u},"
                        + " name: box, network: bridge, gpus: 2, shm_size: 16g, auto_remove: true, detached: false, port: 9001,"
                        + " restart: 'no', env: {HF_TOKEN: hf_secret, GREETING: 'two words', CLOUD_KEY: $OPENROUTER_API_KEY_FREE},"
                        + " extra_args: {swap-space: 32, tool: true, not: false}}");

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
                .endsWith(
                        "is asked at http://127.0.0.1:9001: docker build -t llmnet-key -f ./Dockerfile . && docker run"
                                + " --name box --network bridge --rm --gpus 2 --shm-size 16g --restart no -p 127.0.0.1:9001:9001"
                                + " -e MODEL=org/m -e PORT=9001 -e GPU_MEMORY_UTIL=0.9 -e EAGER=true"
                                + " -e 'VLLM_EXTRA_ARGS=--swap-space 32 --tool' -e HF_TOKEN -e 'GREETING=two words'"
                                + " -e CLOUD_KEY=$OPENROUTER_API_KEY_FREE ghcr.io/llmnet-key serve")
                .doesNotContain("secret");
    }

    @Test
    void tensorRtIsNotStartedAndItsCommandIsTold() {
        assertThat(problems("type: huggingface, url: org/m, runner: tensorrt_llm, parameters: {max_batch_size: 8}"))
                .containsExactly("p.yaml:2:8: models.key: is not started by llmnet; start it, and it is asked at"
                        + " http://127.0.0.1:8000: trtllm-serve org/m --host 127.0.0.1 --port 8000 --max-batch-size 8");
        assertThat(problems("runner: tensorrt-llm, source: m, url: 'http://127.0.0.1:9'"))
                .isEmpty();
    }
}
