package io.llmnet.routing;

import io.llmnet.registry.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How backends are chosen, as settings say it.
 *
 * @param aliases other names of models; chains are followed, and hold no cycle
 * @param fallbacks models that stand in for one, best first
 * @param policies the first whose pattern fits the model counts
 * @param sticky whether a conversation returns to the backend that has its beginning in its cache
 */
public record Rules(
        Strategy strategy,
        Weights weights,
        Map<String, String> aliases,
        Map<String, List<String>> fallbacks,
        List<Policy> policies,
        boolean sticky,
        Quality quality) {
    public static final Rules USUAL =
            new Rules(Strategy.SMART, Weights.USUAL, Map.of(), Map.of(), List.of(), true, Quality.USUAL);

    public Rules {
        aliases = Map.copyOf(aliases);
        fallbacks = Map.copyOf(fallbacks);
        policies = List.copyOf(policies);
    }

    /** How those who may be asked are put in order. */
    public enum Strategy {
        SMART,
        ROUND_ROBIN,
        PRIORITY_ONLY,
        RANDOM,
        LEAST_BUSY,
        LATENCY
    }

    /** What counts how much in {@link Strategy#SMART}; only the proportions matter. */
    public record Weights(int priority, int load, int latency) {
        public static final Weights USUAL = new Weights(50, 30, 20);

        public Weights {
            if (priority < 0 || load < 0 || latency < 0 || priority + load + latency == 0) {
                throw new IllegalArgumentException("weights " + priority + ", " + load + ", " + latency);
            }
        }
    }

    /**
     * What is demanded of whoever answers for some models.
     *
     * @param models a pattern of model names, in which {@code *} stands for any text and {@code ?} for a character
     * @param zone the only zone allowed; null for any. {@code OPEN} allows both
     * @param tier the worst tier that will do, 1 (best) to 5; 0 for any
     * @param strict whether nobody is asked rather than one of a worse tier
     */
    public record Policy(String models, @Nullable Zone zone, int tier, boolean strict) {}

    /**
     * When a backend is too bad to be asked.
     *
     * @param window how far back outcomes count; at most an hour
     * @param minSamples outcomes before it can be judged
     * @param maxErrorRate the share of failures at which it is excluded
     * @param slow the mean time to the first piece above which it loses points
     */
    public record Quality(Duration window, int minSamples, double maxErrorRate, Duration slow) {
        public static final Quality USUAL = new Quality(Duration.ofHours(1), 10, 0.5, Duration.ofSeconds(3));
    }
}
