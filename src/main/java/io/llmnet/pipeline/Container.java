package io.llmnet.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container that serves a model is run. Its texts are as the file has them, variables and {@code ~} not put in, for a
 * shell will do that.
 *
 * @param image its image, or the name under which that of {@code dockerfile} is built
 * @param dockerfile what the image is built from; null where it is there
 * @param context the folder it is built in; null for that of the dockerfile
 * @param registry where the image comes from; null for Docker's own
 * @param name the container's
 * @param network {@code host}, or the name of another
 * @param options further options of {@code docker run} that have a value, by their names without dashes, in order
 * @param flags further options of {@code docker run} that have none
 * @param volumes what is mounted, as {@code host:container}
 * @param environment its variables, in order
 * @param extraArguments for the program in it
 */
public record Container(
        String image,
        @Nullable String dockerfile,
        @Nullable String context,
        @Nullable String registry,
        String name,
        String network,
        Map<String, String> options,
        List<String> flags,
        List<String> volumes,
        Map<String, String> environment,
        List<Runner.Parameter> extraArguments) {
    private static final String SECRET = "(?i).*(token|key|secret|passw|pat$|credential).*";

    /**
     * The commands for a shell that start it.
     *
     * @param source the model; null where the image has it
     */
    public String command(@Nullable String source, int port, List<Runner.Parameter> parameters) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--name", name, "--network", network));
        words.addAll(flags);
        options.forEach((option, value) -> words.addAll(List.of("--" + option, value)));
        if (!network.equals("host")) {
            words.addAll(List.of("-p", "127.0.0.1:" + port + ":" + port));
        }
        if (source != null) {
            variable(words, "MODEL", source);
        }
        variable(words, "PORT", String.valueOf(port));
        parameters.forEach(parameter -> variable(words, variableOf(parameter.key()), joined(parameter.values())));
        if (!extraArguments.isEmpty()) {
            variable(words, "VLLM_EXTRA_ARGS", joined(Words.flags(extraArguments)));
        }
        environment.forEach((variable, value) -> variable(words, variable, value));
        volumes.forEach(volume -> words.addAll(List.of("-v", volume)));
        words.add(registry == null ? image : registry + "/" + image);
        words.add("serve");
        return build() + Words.quoted(words);
    }

    private String build() {
        return dockerfile == null
                ? ""
                : Words.quoted(List.of(
                                "docker", "build", "-t", image, "-f", dockerfile, context == null ? "." : context))
                        + " && ";
    }

    /** A secret that stands in the file itself is not shown: named alone, a variable has the shell's own value. */
    private static void variable(List<String> words, String name, String value) {
        boolean isShown = value.startsWith("$") || !name.matches(SECRET);
        words.addAll(List.of("-e", isShown ? name + "=" + value : name));
    }

    private static String variableOf(String key) {
        return key.equals("gpu_memory_utilization")
                ? "GPU_MEMORY_UTIL"
                : key.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    private static String joined(List<String> words) {
        return String.join(" ", words);
    }
}
