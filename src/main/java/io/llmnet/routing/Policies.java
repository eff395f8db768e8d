package io.llmnet.routing;

import io.llmnet.registry.Glob;
import io.llmnet.registry.Zone;
import java.util.List;

/** The policies, ready to be matched. */
final class Policies {
    private final List<Entry> entries;

    private record Entry(Glob models, Demand demand) {}

    Policies(List<Rules.Policy> policies) {
        this.entries = policies.stream()
                .map(policy -> new Entry(
                        Glob.of(policy.models()),
                        new Demand(policy.zone() == Zone.RESTRICTED, policy.tier(), policy.strict())))
                .toList();
    }

    /** What the first policy that fits demands of whoever answers for a model. */
    Demand of(String model) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.models().fits(model)) {
                return entry.demand();
            }
        }
        return Demand.NONE;
    }
}
