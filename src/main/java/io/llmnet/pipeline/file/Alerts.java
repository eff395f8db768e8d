package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.pipeline.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who sets off which alert: a node those that it leads to, by name or by their layer; an output, where a run ends, those that
 * no node leads to.
 */
final class Alerts {
    private final List<Draft> alerts;
    private final List<String> ofEveryRun;

    Alerts(List<Draft> drafts) {
        this.alerts = drafts.stream().filter(Draft::isAlert).toList();
        Set<String> named = new HashSet<>();
        drafts.stream().filter(Draft::isModel).forEach(draft -> named.addAll(ledTo(draft)));
        this.ofEveryRun = alerts.stream()
                .map(Draft::name)
                .filter(name -> !named.contains(name))
                .toList();
    }

    /** The alerts of a node, in the order declared. */
    List<String> of(Draft draft) {
        if (draft.role() == Node.Role.OUTPUT) {
            return ofEveryRun;
        }
        return draft.isModel() ? ledTo(draft) : List.of();
    }

    /** The alerts that the end of every run sets off. */
    List<String> ofEveryRun() {
        return ofEveryRun;
    }

    private List<String> ledTo(Draft draft) {
        Set<String> found = new LinkedHashSet<>();
        for (Draft.Target target : draft.targets() == null ? List.<Draft.Target>of() : draft.targets()) {
            Integer layer = Section.whole(target.word());
            for (Draft alert : alerts) {
                boolean isNamed = !target.isNumber() && alert.name().equals(target.word());
                if (isNamed || (layer != null && alert.isInLayer(layer))) {
                    found.add(alert.name());
                }
            }
        }
        return new ArrayList<>(found);
    }
}
