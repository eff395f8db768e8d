package io.llmnet.settings;

import io.llmnet.backend.Timeouts;
import io.llmnet.dispatch.Terms;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Terms.Likeness;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How backends are found, chosen, asked and paid for.
 *
 * @param backends those that are listed, in order; names are unique
 * @param models what is said of models, by name
 * @param timeouts of backends of which nobody says any
 * @param continueBrokenStreams whether another replica goes on where a stream broke
 * @param ensembles models that answer together, by name
 */
public record GatewaySettings(
        List<Listed> backends,
        Map<String, ModelFacts> models,
        Rules rules,
        Terms terms,
        Discovery discovery,
        Budget budget,
        Fleet fleet,
        Lifecycle lifecycle,
        Timeouts timeouts,
        boolean continueBrokenStreams,
        Map<String, Council> ensembles,
        PoolSettings pool,
        CacheSettings cache) {
    public static final GatewaySettings USUAL = new GatewaySettings(
            List.of(),
            Prices.LISTED,
            Rules.USUAL,
            Terms.USUAL,
            Discovery.USUAL,
            Budget.USUAL,
            Fleet.USUAL,
            Lifecycle.USUAL,
            Timeouts.DEFAULT,
            true,
            Map.of(),
            PoolSettings.USUAL,
            CacheSettings.USUAL);

    public GatewaySettings {
        backends = List.copyOf(backends);
        models = Map.copyOf(models);
        ensembles = Map.copyOf(ensembles);
    }

    /** Whether questions are compared anywhere, so that an answer to one will do for the other. */
    public boolean comparesQuestions() {
        return cache.semantic() != null || pool.tasks().values().stream().anyMatch(task -> task.semantic() != null);
    }

    /** Whether texts are compared by the embedding model in this process. */
    public boolean comparesHere() {
        Stream<Council> councils = Stream.concat(
                ensembles.values().stream(), pool.tasks().values().stream().map(PoolSettings.Task::council));
        return comparesQuestions()
                || councils.anyMatch(council -> council.terms().likeness() == Likeness.EMBEDDING);
    }

    /** The same with another way to find backends. */
    public GatewaySettings with(Discovery other) {
        return new GatewaySettings(
                backends,
                models,
                rules,
                terms,
                other,
                budget,
                fleet,
                lifecycle,
                timeouts,
                continueBrokenStreams,
                ensembles,
                pool,
                cache);
    }

    /** The same with other doors, or none. */
    public GatewaySettings with(PoolSettings other) {
        return new GatewaySettings(
                backends,
                models,
                rules,
                terms,
                discovery,
                budget,
                fleet,
                lifecycle,
                timeouts,
                continueBrokenStreams,
                ensembles,
                other,
                cache);
    }

    /**
     * How backends are looked for, and looked after.
     *
     * @param machine whether this machine's usual ports are swept
     * @param sweep how often they are
     * @param ports the ports that are swept; empty for the usual ones
     * @param mdns whether announcements in the local network are heard
     * @param services the types of services that are heard: {@code _ollama._tcp.local}
     * @param announce whether we announce ourselves there
     * @param checks whether backends that are known are probed
     * @param every how often they are
     * @param timeout of one probe
     * @param grace how long a backend that vanished is kept
     * @param isWritten whether a file says any of this; else it goes without saying
     */
    public record Discovery(
            boolean machine,
            Duration sweep,
            List<Integer> ports,
            boolean mdns,
            List<String> services,
            boolean announce,
            boolean checks,
            Duration every,
            Duration timeout,
            Duration grace,
            Registry.Thresholds thresholds,
            boolean isWritten) {
        public static final Discovery USUAL = new Discovery(
                true,
                Duration.ofSeconds(5),
                List.of(),
                true,
                List.of("_ollama._tcp.local", "_llm._tcp.local", "_openai._tcp.local", "_llmnet._tcp.local"),
                true,
                true,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Registry.Thresholds.USUAL,
                false);

        public Discovery {
            ports = List.copyOf(ports);
            services = List.copyOf(services);
        }

        /** The same, but nobody is looked for. */
        public Discovery withoutFinding() {
            return new Discovery(
                    false, sweep, ports, false, services, false, checks, every, timeout, grace, thresholds, isWritten);
        }

        /** The same, but nobody is probed either. */
        public Discovery withoutChecks() {
            return new Discovery(
                    machine,
                    sweep,
                    ports,
                    mdns,
                    services,
                    announce,
                    false,
                    every,
                    timeout,
                    grace,
                    thresholds,
                    isWritten);
        }
    }

    /**
     * What may be spent.
     *
     * @param monthly in the currency of the prices; null for any
     * @param soft the share of it from which on who costs nothing is preferred, 0 to 1
     * @param hardAction what follows when all of it is spent
     */
    public record Budget(@Nullable Double monthly, double soft, HardAction hardAction) {
        public static final Budget USUAL = new Budget(null, 0.75, HardAction.LOCAL_ONLY);

        /** What follows when all is spent. */
        public enum HardAction {
            /** It is told, and no more. */
            WARN,
            /** Only who costs nothing is asked. */
            LOCAL_ONLY,
            /** Nobody is asked. */
            REFUSE
        }
    }

    /**
     * When advice is given on which models to keep in memory.
     *
     * @param sampleDays days of requests before there is any
     * @param minRequests requests to a model before there is any of it
     * @param every how often it is thought over
     * @param maxRecommendations at a time
     */
    public record Fleet(boolean enabled, int sampleDays, int minRequests, Duration every, int maxRecommendations) {
        public static final Fleet USUAL = new Fleet(true, 7, 100, Duration.ofHours(1), 5);
    }

    /**
     * How models are loaded and unloaded.
     *
     * @param timeout of bringing one into memory, or out of it; a download that goes on may take longer
     */
    public record Lifecycle(Duration timeout) {
        public static final Lifecycle USUAL = new Lifecycle(Duration.ofMinutes(5));
    }
}
