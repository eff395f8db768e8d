package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Container;
import io.llmnet.pipeline.Runner.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how a model's container is run: under {@code docker}, or as old files have it, beside it. */
final class ContainerForm {
    private final Section section;
    private final String name;

    private ContainerForm(String name, Section section) {
        this.name = "llmnet-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-");
        this.section = section;
    }

    /** The container of that model; null when none can be made, and a problem says why. */
    static @Nullable Container read(String name, Section model) {
        String image = model.text("image");
        String registry = model.text("registry_url");
        Section docker = model.section("docker");
        if (docker == null) {
            if (image == null) {
                model.problems()
                        .error(
                                model.place(),
                                model.path(),
                                "does not say which container to run; add \"docker\": {\"image\": \"...\"}");
                return null;
            }
            return new ContainerForm(name, model).plain(image, registry);
        }
        Container container = new ContainerForm(name, docker).container(image, registry);
        docker.close();
        return container;
    }

    private Container plain(String image, @Nullable String registry) {
        return new Container(
                image, null, null, registry, name, "host", Map.of(), List.of("-d"), List.of(), Map.of(), List.of());
    }

    private @Nullable Container container(@Nullable String outer, @Nullable String outerRegistry) {
        String image = section.text("image");
        String dockerfile = section.text("dockerfile");
        String context = section.text("context");
        String named = section.text("name");
        String network = section.text("network");
        section.integer("port", 1, 65_535);
        String registry = registry();
        List<String> flags = flags();
        Map<String, String> options = options();
        List<String> volumes = volumes();
        Map<String, String> environment = environment();
        List<Parameter> extra = extraArguments();
        String chosen = image == null ? outer : image;
        if (chosen != null && dockerfile != null) {
            section.error("dockerfile", "cannot stand beside \"image\"; take one of the two out");
        } else if (chosen == null && dockerfile == null) {
            section.problems()
                    .error(
                            section.place(),
                            section.path(),
                            "names no image; add \"image\", or \"dockerfile\" to build one");
            return null;
        }
        return new Container(
                chosen == null ? name : chosen,
                dockerfile,
                context,
                registry == null ? outerRegistry : registry,
                named == null ? name : named,
                network == null ? "host" : network,
                options,
                flags,
                volumes,
                environment,
                extra);
    }

    private @Nullable String registry() {
        Section registry = section.section("registry");
        if (registry == null) {
            return null;
        }
        String url = registry.text("url");
        registry.text("token");
        registry.text("username");
        registry.close();
        return url;
    }

    private List<String> flags() {
        List<String> flags = new ArrayList<>();
        Boolean detached = section.truth("detached");
        if (detached == null || detached) {
            flags.add("-d");
        }
        if (Boolean.TRUE.equals(section.truth("auto_remove"))) {
            flags.add("--rm");
        }
        return flags;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (String key : List.of("gpus", "ipc", "shm_size", "restart")) {
            Value value = section.find(key);
            String written = value == null ? null : RunnerForm.scalar(value);
            if (written != null) {
                options.put(key.replace('_', '-'), written);
            } else if (value != null) {
                section.error(key, "must be text, not " + value.kind());
            }
        }
        return options;
    }

    private List<String> volumes() {
        List<String> volumes = new ArrayList<>();
        for (Value item : section.items("volumes")) {
            if (item instanceof Value.Text text && text.text().indexOf(':') > 0) {
                volumes.add(text.text());
            } else {
                section.error("volumes", "must be a list of texts such as \"/here:/there\"");
            }
        }
        return volumes;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        Section written = section.section("env");
        if (written == null) {
            return environment;
        }
        for (String key : written.keys()) {
            Value value = written.find(key);
            String scalar = value == null ? null : RunnerForm.scalar(value);
            if (scalar != null) {
                environment.put(key, scalar);
            } else if (value != null) {
                written.error(key, "must be text, a number, true or false, not " + value.kind());
            }
        }
        return environment;
    }

    private List<Parameter> extraArguments() {
        List<Parameter> found = new ArrayList<>();
        Section written = section.section("extra_args");
        if (written == null) {
            return found;
        }
        for (String key : written.keys()) {
            Parameter parameter = RunnerForm.parameter(written, key, false);
            if (parameter != null) {
                found.add(parameter);
            }
        }
        return found;
    }
}
