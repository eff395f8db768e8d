package io.llmnet.discovery.profile;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.config.Place;
import io.llmnet.config.Problem;
import io.llmnet.config.Problems;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Zone;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All kinds of model servers that are known. */
public final class Profiles {
    /** The kinds that come with the program: by name, for a native program cannot look what there is. */
    public static final List<String> KINDS = List.of(
            "anthropic",
            "exo",
            "gateway",
            "generic",
            "google",
            "llamacpp",
            "llmnet",
            "lmstudio",
            "localai",
            "ollama",
            "openai",
            "sglang",
            "tgi",
            "vllm");

    /** The kind of a server of which nobody has said what it is: it is told apart when it is first reached. */
    public static final String AUTO = "auto";

    private static final String GENERIC = "generic";

    private final Map<String, Profile> byKind = new LinkedHashMap<>();
    private final List<Problem> problems;

    private Profiles(Collection<Profile> profiles, List<Problem> problems) {
        profiles.stream()
                .sorted(Comparator.comparingInt(Profile::rank).thenComparing(Profile::kind))
                .forEach(profile -> byKind.put(profile.kind(), profile));
        this.problems = List.copyOf(problems);
    }

    /** Those that come with the program. */
    public static Profiles standard() {
        return with(null);
    }

    /**
     * Those that come with the program, and those of a folder, which may stand for the former. What is wrong with a file of
     * the folder is among the problems, and the file is left out. Reads files: not for an event loop.
     *
     * @param folder with files of the user's own; null, or not there, for none
     */
    public static Profiles with(@Nullable Path folder) {
        Map<String, Profile> all = new TreeMap<>();
        for (String kind : KINDS) {
            Problems wrong = new Problems();
            Profile profile = ProfileFile.read(kind + ".yaml", builtIn(kind), wrong);
            if (profile == null || !wrong.inOrder().isEmpty()) {
                throw new IllegalStateException("the profile " + kind + ": " + wrong.inOrder());
            }
            all.put(profile.kind(), profile);
        }
        List<Problem> problems = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            files(folder).forEach(file -> add(file, all, problems));
        }
        return new Profiles(all.values(), problems);
    }

    private static String builtIn(String kind) {
        try (InputStream file = Profiles.class.getResourceAsStream("/profiles/" + kind + ".yaml")) {
            return new String(Objects.requireNonNull(file, kind).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    private static void add(Path file, Map<String, Profile> all, List<Problem> problems) {
        Problems wrong = new Problems();
        try {
            Profile profile = ProfileFile.read(file.toString(), Files.readString(file), wrong);
            if (profile != null) {
                all.put(profile.kind(), profile);
            }
        } catch (IOException e) {
            wrong.error(new Place(file.toString(), 1, 1), "", "cannot be read; allow it, or take it away");
        }
        problems.addAll(wrong.inOrder());
    }

    /** What is wrong with the user's own files. */
    public List<Problem> problems() {
        return problems;
    }

    /** All of them, those of lower rank first. */
    public Collection<Profile> all() {
        return byKind.values();
    }

    /** The profile of that name or alias, in any case; empty when there is none. */
    public Optional<Profile> named(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        Profile exact = byKind.get(name);
        return exact != null
                ? Optional.of(exact)
                : all().stream().filter(one -> one.isCalled(name)).findFirst();
    }

    /** The profile of that name, or that of anything which speaks as OpenAI does. */
    public Profile of(String kind) {
        return named(kind).orElseGet(this::generic);
    }

    private Profile generic() {
        return Objects.requireNonNull(byKind.get(GENERIC));
    }

    /** The kind that servers of an address are always of; empty when it must be asked. */
    public Optional<Profile> ofHost(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return all().stream().filter(one -> one.hosts().contains(host)).findFirst();
    }

    /**
     * The zone of a server, where nobody has said it.
     *
     * @param kind may be {@link #AUTO}
     */
    public Zone zone(String kind, URI url) {
        return named(kind).or(() -> ofHost(url)).orElseGet(this::generic).zone(url);
    }

    /** The ports on which servers usually listen, in order. */
    public List<Integer> ports() {
        TreeSet<Integer> ports = new TreeSet<>();
        all().forEach(profile -> ports.addAll(profile.ports()));
        return List.copyOf(ports);
    }

    /** A server of some kind, in its language and with its paths. */
    public Backend backend(String name, Profile kind, URI url, @Nullable String apiKey, Timeouts timeouts) {
        return new Backend(name, kind.speaks(), url, apiKey, timeouts, kind.paths());
    }

    /** What the name of a model tells of it: by the rules of its server's kind, then by those for all. */
    public Capabilities byName(String kind, String model) {
        Profile profile = of(kind);
        Capabilities own = profile.byName(model);
        return profile.kind().equals(GENERIC) ? own : own.or(generic().byName(model));
    }
}
