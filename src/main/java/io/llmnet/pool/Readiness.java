package io.llmnet.pool;

import io.llmnet.ensemble.Seat;
import io.llmnet.settings.PoolSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells how those are who do the tasks. */
public final class Readiness {
    private final Predicate<Seat> isReady;
    private final String version;

    /**
     * Of a server.
     *
     * @param isReady whether there is somebody well who can answer for a seat; is told at once
     */
    public Readiness(Predicate<Seat> isReady, String version) {
        this.isReady = isReady;
        this.version = version;
    }

    Health of(PoolSettings settings) {
        Map<String, Boolean> ready = new LinkedHashMap<>();
        Stream.concat(new TreeMap<>(settings.tasks()).values().stream(), Stream.ofNullable(settings.others()))
                .flatMap(task -> task.council().seats().stream())
                .forEach(seat -> ready.merge(seat.name(), isReady.test(seat), Boolean::logicalAnd));
        Map<String, String> providers = new LinkedHashMap<>();
        ready.forEach((name, well) -> providers.put(name, well ? Health.WELL : Health.ILL));
        return new Health(!ready.containsValue(false), providers, version);
    }
}
