package io.llmnet.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The callers that wait for an answer now. Safe from any thread. */
final class Outlets {
    private final Set<Outlet> open = ConcurrentHashMap.newKeySet();

    void add(Outlet outlet) {
        open.add(outlet);
    }

    void remove(Outlet outlet) {
        open.remove(outlet);
    }

    void abandonAll() {
        open.forEach(Outlet::abandon);
    }
}
