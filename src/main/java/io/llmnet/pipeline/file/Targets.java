package io.llmnet.pipeline.file;

import io.llmnet.config.Place;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.pipeline.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where each node of a file leads, by name.
 *
 * <p>An output without a layer stands in the layer after the last, as the original's manifests have it; a file without an
 * output gets one.
 */
final class Targets {
    private final List<Draft> drafts;
    private final Map<String, Draft> byName = new LinkedHashMap<>();
    private final Problems problems;
    private final List<String> outputs;
    private final @Nullable String implicitOutput;
    private final int lastLayer;
    private final boolean saysLayerZero;
    private final Map<String, List<String>> targets = new LinkedHashMap<>();
    private boolean wrong;

    private Targets(List<Draft> drafts, Problems problems) {
        this.drafts = drafts;
        this.problems = problems;
        drafts.forEach(draft -> byName.put(draft.name(), draft));
        List<String> written = drafts.stream()
                .filter(draft -> draft.role() == Node.Role.OUTPUT)
                .map(Draft::name)
                .toList();
        this.implicitOutput = written.isEmpty() ? free("output") : null;
        this.outputs = implicitOutput == null ? written : List.of(implicitOutput);
        this.lastLayer = drafts.stream()
                .filter(Draft::isModel)
                .mapToInt(draft -> draft.layer() == null ? 0 : draft.layer())
                .max()
                .orElse(0);
        this.saysLayerZero = drafts.stream().anyMatch(draft -> draft.isModel() && draft.isInLayer(0));
    }

    /** All nodes' targets; what cannot be found is a problem. */
    static Targets of(List<Draft> drafts, Problems problems) {
        Targets targets = new Targets(drafts, problems);
        drafts.forEach(targets::resolve);
        return targets;
    }

    /** The targets of a node, in the order declared. */
    List<String> of(String node) {
        return targets.getOrDefault(node, List.of());
    }

    /** Whether a node other than itself leads to this one. */
    boolean leadTo(String node) {
        return targets.entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().equals(node) && entry.getValue().contains(node));
    }

    boolean areWrong() {
        return wrong;
    }

    /** The output that the file does not have. */
    Optional<String> implicitOutput() {
        return Optional.ofNullable(implicitOutput);
    }

    private String free(String wanted) {
        String name = wanted;
        for (int number = 2; byName.containsKey(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    /** An entry that does not say where it leads leads to the next layer, if nobody else does and there is one. */
    void lead(Draft entry) {
        if (entry.targets() != null) {
            return;
        }
        int layer = entry.layer() == null ? 0 : entry.layer();
        drafts.stream()
                .filter(Draft::isModel)
                .filter(draft -> draft.layer() != null && draft.layer() > layer)
                .mapToInt(draft -> draft.layer() == null ? 0 : draft.layer())
                .min()
                .ifPresent(next -> leadToLayer(entry, next));
    }

    private void leadToLayer(Draft entry, int next) {
        List<String> nodes = inLayer(next);
        if (nodes.stream().anyMatch(this::leadTo)) {
            return;
        }
        targets.put(entry.name(), nodes);
        Section section = entry.section();
        problems.warning(
                section.place(),
                section.path(),
                "does not say where it leads, and layer " + next + " is taken; write \"output-to\": [" + next + "]");
    }

    private void resolve(Draft draft) {
        if (!draft.isModel()) {
            if (draft.leads()) {
                draft.section().warning("output-to", "has no effect here: the run ends at this node; take it out");
            }
            return;
        }
        List<Draft.Target> written = draft.targets();
        if (written == null || written.isEmpty()) {
            targets.put(draft.name(), outputs);
            return;
        }
        Set<String> found = new LinkedHashSet<>();
        written.forEach(target -> found.addAll(resolved(target)));
        targets.put(draft.name(), found.isEmpty() ? outputs : List.copyOf(found));
    }

    private List<String> resolved(Draft.Target target) {
        Draft named = target.isNumber() ? null : byName.get(target.word());
        if (named != null) {
            return named.isAlert() ? List.of() : List.of(named.name());
        }
        if (!target.isNumber() && target.word().equals(implicitOutput)) {
            return List.of(target.word());
        }
        Integer layer = Section.whole(target.word());
        if (layer != null) {
            return layer(target, layer);
        }
        if (target.isNumber()) {
            return wrong(target.place(), target.path(), "must be a whole number, or a node's name in quotes");
        }
        return wrong(target.place(), target.path(), Composition.unknown("node", target.word(), names()));
    }

    private List<String> layer(Draft.Target target, int layer) {
        List<String> found = inLayer(layer);
        if (!found.isEmpty() || drafts.stream().anyMatch(draft -> draft.isAlert() && draft.isInLayer(layer))) {
            return found;
        }
        String layers = drafts.stream()
                .filter(Draft::isModel)
                .flatMap(draft -> Optional.ofNullable(draft.layer()).stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String mend = layers.isEmpty() ? "name the nodes instead" : "there are nodes in " + layers;
        return wrong(target.place(), target.path(), "there is no node in layer " + layer + "; " + mend);
    }

    private List<String> wrong(Place place, String path, String message) {
        wrong = true;
        problems.error(place, path, message);
        return List.of();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(byName.keySet());
        implicitOutput().ifPresent(names::add);
        return names;
    }

    private List<String> inLayer(int layer) {
        List<String> asking = named(draft -> draft.isModel() && isIn(draft, layer));
        if (!asking.isEmpty()) {
            return asking;
        }
        List<String> ending = named(draft -> draft.role() == Node.Role.OUTPUT && draft.isInLayer(layer));
        if (!ending.isEmpty() || layer != lastLayer + 1) {
            return ending;
        }
        return implicitOutput == null
                ? named(draft -> draft.role() == Node.Role.OUTPUT && draft.layer() == null)
                : outputs;
    }

    private boolean isIn(Draft draft, int layer) {
        return draft.isInLayer(layer) || (layer == 0 && draft.layer() == null && !saysLayerZero);
    }

    private List<String> named(Predicate<Draft> wanted) {
        return drafts.stream().filter(wanted).map(Draft::name).toList();
    }
}
