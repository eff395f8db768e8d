package io.llmnet.registry;

import io.llmnet.backend.Backend;
import java.util.List;

/**
 * What somebody says of a backend before it is asked itself.
 *
 * @param backend where it is and how it is asked; its name is unique
 * @param kind the name of its profile, such as {@code ollama}
 * @param tier how capable its models are, 1 (best) to 5
 * @param priority lower is asked first
 * @param weight its share among equals; 1 is usual
 * @param maxConcurrent requests that it may work on at once; 0 for as many as it says itself, or any
 * @param models the only models of it that are used, as names or patterns ({@link Glob}); empty for all that it lists
 * @param source who says so
 */
public record Registration(
        Backend backend,
        String kind,
        Zone zone,
        int tier,
        int priority,
        double weight,
        int maxConcurrent,
        List<String> models,
        Source source) {
    public static final int USUAL_PRIORITY = 50;

    public Registration {
        models = List.copyOf(models);
        if (tier < 1 || tier > 5 || maxConcurrent < 0 || !(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "tier " + tier + ", max-concurrent " + maxConcurrent + ", weight " + weight);
        }
    }

    /** One of which nothing special is said. */
    public static Registration of(Backend backend, String kind, Zone zone, Source source) {
        return new Registration(backend, kind, zone, 1, USUAL_PRIORITY, 1, 0, List.of(), source);
    }

    /** The same of a backend that is now better known. */
    public Registration with(Backend known, String knownKind) {
        return new Registration(known, knownKind, zone, tier, priority, weight, maxConcurrent, models, source);
    }

    public String name() {
        return backend.name();
    }
}
