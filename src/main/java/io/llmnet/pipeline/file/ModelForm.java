package io.llmnet.pipeline.file;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.pipeline.Model;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one model of a file, in all the forms that there were. */
final class ModelForm {
    /** Where each runner listens when nobody says otherwise. */
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("ollama", 11_434),
            Map.entry("vllm", 8000),
            Map.entry("llama-cpp", 8080),
            Map.entry("docker", 8080),
            Map.entry("tensorrt-llm", 8000));

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "llamacpp",
            "llama-cpp",
            "llama_cpp",
            "llama-cpp",
            "tensorrt_llm",
            "tensorrt-llm",
            "trt-llm",
            "tensorrt-llm");
    private static final List<String> TYPES =
            List.of("external", "docker", "huggingface", "ollama", "vllm", "llama-cpp", "tensorrt-llm");
    private static final List<String> RUNNERS =
            List.of("external", "docker", "ollama", "vllm", "llama-cpp", "tensorrt-llm");
    /** Parameters that are programs or prose, in which a dollar sign is a dollar sign. */
    private static final Set<String> VERBATIM = Set.of("template", "system");

    private static final URI NOWHERE = URI.create("http://localhost");

    private final String name;
    private final Section section;

    private ModelForm(String name, Section section) {
        this.name = name;
        this.section = section;
    }

    /** The model; what is wrong with it stands in the section's problems, and then it is not to be used. */
    static Model read(String name, Section section) {
        Model model = new ModelForm(name, section).model();
        section.close();
        return model;
    }

    private Model model() {
        String type = choice("type", TYPES);
        String runner = choice("runner", RUNNERS);
        String runs = runs(type, runner);
        boolean fromHub = "huggingface".equals(type);
        String source = section.expanded("source");
        String url = section.expanded("url");
        String endpoint = section.expanded("endpoint");
        URI address =
                address(runs, fromHub || url == null ? endpoint : url, fromHub || url == null ? "endpoint" : "url");
        section.allow("image", "pat", "registry_url", "params", "hf_pat", "options");
        String hub = fromHub && url != null ? url : source;
        return new Model(name, kind(), address, apiKey(), id(runs, fromHub, hub), runs, timeouts());
    }

    private Timeouts timeouts() {
        Section written = section.section("timeouts");
        if (written == null) {
            return Timeouts.DEFAULT;
        }
        Duration connect = written.duration("connect");
        Duration firstByte = written.duration("first-byte");
        Duration idle = written.duration("idle");
        written.close();
        return new Timeouts(
                connect == null ? Timeouts.DEFAULT.connect() : connect,
                firstByte == null ? Timeouts.DEFAULT.firstByte() : firstByte,
                idle == null ? Timeouts.DEFAULT.idle() : idle);
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

    private URI address(String runner, @Nullable String written, String key) {
        Section docker = section.section("docker");
        Integer dockerPort = docker == null ? null : docker.integer("port", 1, 65_535);
        if (written != null) {
            Address address = Address.of(written);
            if (address.complaint() != null) {
                section.error(key, address.complaint());
            }
            return address.url();
        }
        Integer usual = dockerPort != null && runner.equals("docker") ? dockerPort : PORTS.get(runner);
        if (usual == null) {
            section.problems()
                    .error(
                            section.place(),
                            section.path(),
                            "does not say where the model is; add \"url\": \"http://host:port\"");
            return NOWHERE;
        }
        section.problems()
                .warning(
                        section.place(),
                        section.path(),
                        "is not started by llmnet yet; start it yourself at http://127.0.0.1:" + usual
                                + ", or say with \"endpoint\" where it is");
        return URI.create("http://127.0.0.1:" + usual);
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

    private String id(String runner, boolean fromHub, @Nullable String source) {
        String model = section.text("model");
        String modelId = section.text("model-id");
        String parameter = parameters();
        if (model != null || modelId != null) {
            return model != null ? model : modelId == null ? name : modelId;
        }
        if (parameter != null) {
            return parameter;
        }
        boolean runs = fromHub || !runner.equals("external");
        return runs && source != null && !source.isBlank() && !source.endsWith(".Modelfile") ? source : name;
    }

    private @Nullable String parameters() {
        Section parameters = section.section("parameters");
        if (parameters == null) {
            return null;
        }
        String model = null;
        for (String key : parameters.keys()) {
            if (!VERBATIM.contains(key) && parameters.isText(key)) {
                String value = parameters.expanded(key);
                model = key.equals("model") ? value : model;
            }
        }
        return model;
    }
}
