package io.llmnet.pipeline.file;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Address;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Runner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one model of a file, in all the forms that there were. */
final class ModelForm {
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "llamacpp",
            "llama-cpp",
            "llama_cpp",
            "llama-cpp",
            "tensorrt_llm",
            "tensorrt-llm",
            "trt-llm",
            "tensorrt-llm");
    static final List<String> TYPES =
            List.of("external", "docker", "huggingface", "ollama", "vllm", "llama-cpp", "tensorrt-llm");
    static final List<String> RUNNERS = List.of("external", "docker", "ollama", "vllm", "llama-cpp", "tensorrt-llm");

    private static final URI NOWHERE = URI.create("http://localhost");

    private final String name;
    private final Section section;
    private final Timeouts usual;

    private ModelForm(String name, Section section, Timeouts usual) {
        this.name = name;
        this.section = section;
        this.usual = usual;
    }

    /** The names that may be written for these. */
    static List<String> written(List<String> names) {
        return Stream.concat(names.stream(), OTHER_NAMES.keySet().stream().sorted())
                .toList();
    }

    /**
     * The model; what is wrong with it stands in the section's problems, and then it is not to be used.
     *
     * @param usual how patient to be where it does not say
     */
    static Model read(String name, Section section, Timeouts usual) {
        Model model = new ModelForm(name, section, usual).model();
        section.close();
        return model;
    }

    private Model model() {
        String type = choice("type", TYPES);
        String runner = choice("runner", RUNNERS);
        Optional<Runner.Kind> kind = Runner.Kind.of(runs(type, runner));
        boolean fromHub = "huggingface".equals(type);
        String source = section.expanded("source");
        String url = section.expanded("url");
        String endpoint = section.expanded("endpoint");
        boolean isUrl = !fromHub && url != null;
        URI said = address(isUrl ? url : endpoint, isUrl ? "url" : "endpoint");
        section.allow("image", "pat", "registry_url", "params", "hf_pat", "options");
        String model = named();
        Runner read = null;
        if (kind.isPresent()) {
            RunnerForm form = new RunnerForm(name, section, kind.get(), model);
            read = form.read(fromHub && url != null ? url : source, said);
            form.advise(read, said == null ? usual(kind.get()) : said);
        }
        boolean isGateways = said == null && kind.isEmpty() && model != null && source == null;
        URI place = isGateways ? Model.GATEWAY : said != null ? said : kind.isPresent() ? usual(kind.get()) : nowhere();
        Model.Kind spoken = kind();
        return new Model(
                name,
                isGateways ? Model.Kind.GATEWAY : spoken,
                place,
                apiKey(),
                id(read, model, source),
                read,
                timeouts());
    }

    private Timeouts timeouts() {
        Section written = section.section("timeouts");
        if (written == null) {
            return usual;
        }
        Duration connect = written.duration("connect");
        Duration firstByte = written.duration("first-byte");
        Duration idle = written.duration("idle");
        written.close();
        return usual.but(connect, firstByte, idle);
    }

    /** What serves it: old files name the runner as the type. */
    private static String runs(@Nullable String type, @Nullable String runner) {
        if (runner != null) {
            return runner;
        }
        return type != null && RUNNERS.contains(type) ? type : "external";
    }

    private @Nullable String choice(String key, List<String> known) {
        String written = section.text(key);
        if (written == null) {
            return null;
        }
        String chosen = OTHER_NAMES.getOrDefault(written, written);
        if (!known.contains(chosen)) {
            section.warning(key, "is unknown, and taken for external; " + Spelling.advice(written, known));
            return "external";
        }
        return chosen;
    }

    private Model.Kind kind() {
        String spoken = section.text("interface");
        if (spoken == null) {
            return Model.Kind.OPENAI;
        }
        return switch (spoken) {
            case "openai-api", "openai" -> Model.Kind.OPENAI;
            case "ollama", "ollama-api" -> Model.Kind.OLLAMA;
            default -> {
                section.warning(
                        "interface",
                        "is unknown, and taken for openai-api; "
                                + Spelling.advice(spoken, List.of("openai-api", "ollama")));
                yield Model.Kind.OPENAI;
            }
        };
    }

    private @Nullable URI address(@Nullable String written, String key) {
        if (written == null) {
            return null;
        }
        Address address = Address.of(written);
        if (address.complaint() != null) {
            section.error(key, address.complaint());
        }
        return address.url();
    }

    /** Where a runner listens when nobody says otherwise. */
    private URI usual(Runner.Kind kind) {
        Section docker = kind == Runner.Kind.DOCKER ? section.section("docker") : null;
        Integer port = docker == null ? null : docker.integer("port", 1, 65_535);
        return URI.create("http://127.0.0.1:" + (port == null ? kind.port() : port));
    }

    private URI nowhere() {
        section.problems()
                .error(
                        section.place(),
                        section.path(),
                        "does not say where the model is; add \"url\": \"http://host:port\"");
        return NOWHERE;
    }

    private @Nullable String apiKey() {
        String key = section.expanded("api-key");
        if (key == null || key.isBlank()) {
            return null;
        }
        String bare = key.strip();
        if (!bare.chars().allMatch(unit -> unit > ' ' && unit < 127)) {
            section.error("api-key", "has a character that no HTTP header can bear; use visible ASCII characters only");
        }
        return bare;
    }

    /** The model's name where it is served, if the file says it. */
    private @Nullable String named() {
        String model = section.text("model");
        String modelId = section.text("model-id");
        String parameter = RunnerForm.model(section);
        return model != null ? model : modelId != null ? modelId : parameter;
    }

    private String id(@Nullable Runner runner, @Nullable String model, @Nullable String source) {
        if (runner == null || runner.source() == null) {
            return model == null ? name : model;
        }
        boolean isNamed = model != null && (source != null || runner.kind() != Runner.Kind.OLLAMA);
        if (isNamed || runner.kind() != Runner.Kind.OLLAMA || !isMade(runner, runner.source())) {
            return isNamed && model != null ? model : runner.source();
        }
        String made = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-");
        return made.equals(runner.source()) ? made + "-llmnet" : made;
    }

    /** Whether Ollama has the model only once it is made of a file, or of another one and parameters. */
    private static boolean isMade(Runner runner, String source) {
        return !runner.parameters().isEmpty()
                || source.matches("(?i)([.~/]|hf:|huggingface:|https?:).*|.*\\.(gguf|modelfile)");
    }
}
