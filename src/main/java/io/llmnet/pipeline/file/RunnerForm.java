package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Container;
import io.llmnet.pipeline.Runner;
import io.llmnet.pipeline.Runner.Parameter;
import io.llmnet.pipeline.Words;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a model's file says of the program that serves it. */
final class RunnerForm {
    /** Parameters that are programs or prose, in which a dollar sign is a dollar sign. */
    static final Set<String> VERBATIM = Set.of("template", "system");

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");
    private static final String READY = "ready-timeout";

    private final String name;
    private final Section section;
    private final Runner.Kind kind;
    /** What names the model beside {@code source}. */
    private final @Nullable String named;

    private List<Parameter> parameters = List.of();
    private Duration readyTimeout;

    RunnerForm(String name, Section section, Runner.Kind kind, @Nullable String named) {
        this.name = name;
        this.section = section;
        this.kind = kind;
        this.named = named;
        this.readyTimeout = kind.readyTimeout();
    }

    /** Whether a parameter names the model, as another program's files do; null when none does. */
    static @Nullable String model(Section model) {
        Section parameters = model.section("parameters");
        return parameters == null || !parameters.isText("model") ? null : parameters.expanded("model");
    }

    /**
     * The runner.
     *
     * @param written the source as the file has it
     * @param endpoint where the file says that it listens; null when it does not
     */
    Runner read(@Nullable String written, @Nullable URI endpoint) {
        List<Parameter> all = new ArrayList<>(parameters("parameters"));
        if (kind == Runner.Kind.OLLAMA) {
            all.addAll(parameters("options"));
        }
        parameters = List.copyOf(all);
        Container container = container();
        String token = section.expanded("hf_pat");
        Runner.Place place = place(endpoint);
        String source = source(written, place);
        return new Runner(kind, place, source, parameters, container, token, readyTimeout);
    }

    /** Tells how to start it, when that is not for us. */
    void advise(Runner runner, URI url) {
        if (kind.isStarted() || runner.place() != Runner.Place.FREE) {
            return;
        }
        if (runner.container() != null) {
            tell(url, runner.container().command(runner.source(), url.getPort(), parameters));
        } else if (kind == Runner.Kind.TENSORRT_LLM && runner.source() != null) {
            tell(url, serve(runner.source(), url));
        }
    }

    private void tell(URI url, String command) {
        section.problems()
                .warning(
                        section.place(),
                        section.path(),
                        "is not started by llmnet; start it, and it is asked at " + url + ": " + command);
    }

    private String serve(String source, URI url) {
        List<String> words = new ArrayList<>(List.of("trtllm-serve", source, "--host", url.getHost(), "--port"));
        words.add(String.valueOf(url.getPort()));
        words.addAll(Words.flags(parameters));
        return Words.quoted(words);
    }

    private static Runner.Place place(@Nullable URI endpoint) {
        if (endpoint == null) {
            return Runner.Place.FREE;
        }
        boolean isHere = "http".equalsIgnoreCase(endpoint.getScheme())
                && endpoint.getHost() != null
                && LOCAL.contains(endpoint.getHost().toLowerCase(Locale.ROOT));
        return isHere ? Runner.Place.FIXED : Runner.Place.ELSEWHERE;
    }

    private @Nullable String source(@Nullable String written, Runner.Place place) {
        String source = written == null || written.isBlank() ? named : written.strip();
        if (source != null || kind == Runner.Kind.DOCKER || place == Runner.Place.ELSEWHERE) {
            return source;
        }
        if (kind == Runner.Kind.OLLAMA) {
            return name;
        }
        String example = kind == Runner.Kind.LLAMA_CPP ? "hf://org/repo/file.gguf" : "org/model";
        section.problems()
                .error(
                        section.place(),
                        section.path(),
                        "does not say which model to run; add \"source\": \"" + example + "\"");
        return null;
    }

    private @Nullable Container container() {
        boolean isDocker = kind == Runner.Kind.DOCKER;
        if (!isDocker && section.has("docker")) {
            section.warning("docker", "has no effect with the runner " + kind.label() + "; take it out");
            return null;
        }
        return isDocker ? ContainerForm.read(name, section) : null;
    }

    private List<Parameter> parameters(String key) {
        Section written = section.section(key);
        List<Parameter> found = new ArrayList<>();
        if (written == null) {
            return found;
        }
        for (String each : written.keys()) {
            if (each.equals(READY)) {
                Duration wanted = written.duration(READY);
                readyTimeout = wanted == null ? readyTimeout : wanted;
            } else if (!each.equals("model")) {
                Parameter parameter = parameter(written, each, kind.isStarted() && !VERBATIM.contains(each));
                if (parameter != null) {
                    found.add(parameter);
                }
            }
        }
        return found;
    }

    /** One parameter; null when it is none, which is a problem by then, or says nothing. */
    static @Nullable Parameter parameter(Section section, String key, boolean expands) {
        Value value = section.find(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Value.Text text) {
            String words = expands ? section.expanded(key) : text.text();
            return new Parameter(key, List.of(words == null ? "" : words), false);
        }
        List<String> values = new ArrayList<>();
        for (Value item : value instanceof Value.Sequence sequence ? sequence.items() : List.of(value)) {
            String scalar = scalar(item);
            if (scalar == null) {
                section.error(key, "must be text, a number, true, false, or a list of such");
                return null;
            }
            values.add(scalar);
        }
        return new Parameter(key, values, value instanceof Value.Truth);
    }

    /** Text, a number or a truth as it is written; null for anything else. */
    static @Nullable String scalar(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Numeral numeral) {
            return numeral.digits();
        }
        return value instanceof Value.Truth truth ? String.valueOf(truth.holds()) : null;
    }
}
