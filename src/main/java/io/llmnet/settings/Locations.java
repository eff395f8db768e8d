package io.llmnet.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings file is, when nobody says: {@code llmnet.yaml} in the working folder, else {@code nexus.toml} there,
 * else {@code llmnet.yaml} in {@code ~/.llmnet}.
 */
public final class Locations {
    /** The variable that names the file. */
    public static final String VARIABLE = "LLMNET_CONFIG";

    /** The variable that names a {@code nexus.toml}. */
    public static final String NEXUS_VARIABLE = "NEXUS_CONFIG";

    /** The variable that names an {@code llm-pool.toml}. */
    public static final String LLM_POOL_VARIABLE = "LLM_POOL_CONFIG";

    static final String NEXUS = "nexus.toml";
    static final String LLM_POOL = "llm-pool.toml";

    /** The gateway's settings in the working folder; no business of who runs a pipeline there. */
    public static final Path NEXUS_HERE = Path.of(NEXUS);

    private static final List<String> NAMES = List.of("llmnet.yaml", "llmnet.yml");

    private Locations() {}

    /** Whether a file has the name of a settings file. */
    public static boolean isNamedSo(String file) {
        return NAMES.contains(nameOf(file));
    }

    /** A file's name without its folders. */
    static String nameOf(String file) {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /**
     * The file to read.
     *
     * @param named by a flag; null where there is none
     * @param household {@code ~/.llmnet}, wherever that is
     * @return the one named, be it there or not; else one that is there; empty when there is none
     */
    public static Optional<Path> find(
            @Nullable String named, UnaryOperator<@Nullable String> environment, Path household) {
        return Stream.of(named, environment.apply(VARIABLE), environment.apply(NEXUS_VARIABLE))
                .filter(said -> said != null && !said.isBlank())
                .map(said -> Path.of(said))
                .findFirst()
                .or(() -> usual(household));
    }

    /**
     * The file to read for who wants tasks served: the one named, else an {@code llm-pool.toml}, else what {@link #find} finds.
     *
     * @param named by a flag; null where there is none
     * @param household {@code ~/.llmnet}, wherever that is
     */
    public static Optional<Path> findPool(
            @Nullable String named, UnaryOperator<@Nullable String> environment, Path household) {
        return Stream.of(named, environment.apply(LLM_POOL_VARIABLE))
                .filter(said -> said != null && !said.isBlank())
                .map(said -> Path.of(said))
                .findFirst()
                .or(() -> Stream.of(Path.of(LLM_POOL))
                        .filter(Files::isRegularFile)
                        .findFirst())
                .or(() -> find(null, environment, household));
    }

    private static Optional<Path> usual(Path household) {
        Stream<Path> here = Stream.concat(NAMES.stream(), Stream.of(NEXUS)).map(Path::of);
        return Stream.concat(here, NAMES.stream().map(household::resolve))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** A path in which a {@code ~} at the beginning is the user's folder. */
    static Path atHome(String path, UnaryOperator<@Nullable String> environment) {
        if (!path.startsWith("~/")) {
            return Path.of(path);
        }
        String home = environment.apply("HOME");
        return Path.of(home == null ? System.getProperty("user.home", "") : home)
                .resolve(path.substring(2));
    }
}
