package io.llmnet.folder;

import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Secret;
import io.llmnet.pipeline.file.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines in some files and folders. A file that is wrong changes nothing: what it said before stays. Of two files
 * with pipelines of one name the first has it, until it is gone.
 */
public final class PipelineFiles {
    private final List<Path> places;
    private final BiFunction<String, String, Reading> reader;
    private final Tracked files;
    /** The last right version of each file, in the order in which the files are named, those of a folder by name. */
    private final Map<Path, Graph> right;

    private final Map<Path, Set<Secret>> secrets = new HashMap<>();
    private final Set<Path> crowdedOut = new HashSet<>();
    private Map<String, Graph> inPlace = Map.of();
    private boolean looked;

    /**
     * Nothing is read yet.
     *
     * @param places files, and folders that stand for the pipelines in them
     * @param reader understands a file by its name and text
     */
    public PipelineFiles(List<Path> places, BiFunction<String, String, Reading> reader) {
        this.places = List.copyOf(places);
        Map<Path, Integer> order = new HashMap<>();
        places.forEach(place -> order.putIfAbsent(place, order.size()));
        this.right = new TreeMap<>(Comparator.comparingInt((Path file) ->
                        order.getOrDefault(file, order.getOrDefault(file.getParent(), Integer.MAX_VALUE)))
                .thenComparing(Comparator.naturalOrder()));
        this.reader = reader;
        this.files = new Tracked(places, PipelineFiles::isPipeline);
    }

    /** Whether a file is a pipeline by its name. */
    public static boolean isPipeline(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("(?i)[^.].*\\.(json|jsonc|ya?ml)") && !name.matches("(?i)llmnet\\.ya?ml");
    }

    /** The files and folders named. */
    public List<Path> places() {
        return places;
    }

    /** The pipelines in place, by name, in the order of their files. The first is the default. */
    public Map<String, Graph> inPlace() {
        return inPlace;
    }

    /** The last right version of each file, in the files' order. */
    public Map<Path, Graph> byFile() {
        return Collections.unmodifiableMap(right);
    }

    /** Looks at the files, and says what is to be done. */
    public synchronized Change look() {
        Tracked.Diff diff = files.look();
        if (diff.texts().isEmpty() && diff.gone().isEmpty()) {
            return Change.NONE;
        }
        List<String> wrong = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        right.keySet().removeAll(diff.gone());
        secrets.keySet().removeAll(diff.gone());
        diff.texts().forEach((file, text) -> read(file, text, wrong, warnings));
        looked = true;
        return change(wrong, warnings);
    }

    /** Has files read again at the next look that name any of these: their values have changed. From any thread. */
    public synchronized void again(Set<Secret> changed) {
        secrets.forEach((file, named) -> {
            if (named.stream().anyMatch(changed::contains)) {
                files.again(file);
            }
        });
    }

    private void read(Path file, @Nullable String text, List<String> wrong, List<String> warnings) {
        if (text == null) {
            wrong.add(file + ": cannot be read; it must be UTF-8 text that you may read");
            return;
        }
        Reading reading = reader.apply(file.toString(), text);
        secrets.put(file, Set.copyOf(reading.secrets()));
        boolean isRight = reading.graph().isPresent();
        if (!isRight && looked && files.isFresh(file)) {
            files.again(file);
            return;
        }
        for (Problem problem : reading.problems()) {
            (problem.isError() ? wrong : warnings).add(problem.toString());
        }
        if (!isRight && right.containsKey(file)) {
            wrong.add(file + ": its last right version stays in place");
        }
        reading.graph().ifPresent(graph -> right.put(file, graph));
    }

    private Change change(List<String> wrong, List<String> warnings) {
        Map<String, Path> owners = new LinkedHashMap<>();
        Map<String, Graph> next = new LinkedHashMap<>();
        Set<Path> second = new HashSet<>();
        right.forEach((file, graph) -> {
            Path owner = owners.putIfAbsent(graph.name(), file);
            if (owner == null) {
                next.put(graph.name(), graph);
            } else if (second.add(file) && !crowdedOut.contains(file)) {
                wrong.add(
                        file + ": " + owner + " has the pipeline " + graph.name() + " already; rename one of the two");
            }
        });
        crowdedOut.clear();
        crowdedOut.addAll(second);
        List<Graph> put = next.values().stream()
                .filter(graph -> !graph.equals(inPlace.get(graph.name())))
                .toList();
        Set<String> gone = new HashSet<>(inPlace.keySet());
        gone.removeAll(next.keySet());
        inPlace = next;
        return new Change(put, gone, wrong, warnings);
    }
}
