package io.llmnet.pipeline.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells each node's layer: as the file says, else one after the node that leads to it; outputs and alerts last. */
final class Layers {
    private final List<Draft> drafts;
    private final Targets targets;
    private final Map<String, Integer> layers = new LinkedHashMap<>();

    Layers(List<Draft> drafts, Targets targets) {
        this.drafts = drafts;
        this.targets = targets;
    }

    /** All layers, by node. */
    Map<String, Integer> from(Draft entry) {
        for (Draft draft : drafts) {
            if (draft.layer() != null) {
                layers.put(draft.name(), draft.layer());
            }
        }
        layers.putIfAbsent(entry.name(), 0);
        follow(entry.name());
        int last = drafts.stream()
                .filter(Draft::isModel)
                .mapToInt(draft -> layers.getOrDefault(draft.name(), 0))
                .max()
                .orElse(0);
        drafts.forEach(draft -> layers.putIfAbsent(draft.name(), draft.isModel() ? 0 : last + 1));
        return layers;
    }

    private void follow(String entry) {
        Map<String, Draft> asking = new LinkedHashMap<>();
        drafts.stream().filter(Draft::isModel).forEach(draft -> asking.put(draft.name(), draft));
        Deque<String> open = new ArrayDeque<>(List.of(entry));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String node = open.remove();
            int next = layers.getOrDefault(node, 0) + 1;
            for (String target : targets.of(node)) {
                if (asking.containsKey(target) && seen.add(target)) {
                    layers.putIfAbsent(target, next);
                    open.add(target);
                }
            }
        }
    }
}
