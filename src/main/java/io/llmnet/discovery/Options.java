package io.llmnet.discovery;

import io.llmnet.backend.Timeouts;
import io.llmnet.registry.Registry;
import java.time.Duration;
import java.util.List;

/**
 * Which servers are looked for, and how often.
 *
 * @param machine whether the usual ports of this machine are looked at
 * @param mdns whether announcements in the local network are heard
 * @param services the types of services that are heard there: {@code _ollama._tcp}
 * @param announces whether we are announced there, too, when others can reach us
 * @param every how often a backend that is well is probed
 * @param fast how often this machine's ports are looked at, and backends probed that were found there or are not well
 * @param grace how long a found backend is kept after it has gone
 * @param timeout for one probe
 * @param loading how long a backend may take to bring a model into memory
 * @param timeouts how patient to be with backends that are found
 * @param thresholds how often a backend must fail, or do well, to be thought otherwise of
 * @param ports the ports of this machine that are looked at; empty for the usual ones
 */
public record Options(
        boolean machine,
        boolean mdns,
        List<String> services,
        boolean announces,
        Duration every,
        Duration fast,
        Duration grace,
        Duration timeout,
        Duration loading,
        Timeouts timeouts,
        Registry.Thresholds thresholds,
        List<Integer> ports) {
    public static final Options USUAL = new Options(
            true,
            true,
            List.of("_ollama._tcp", "_llm._tcp", "_openai._tcp", "_llmnet._tcp"),
            true,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Timeouts.DEFAULT,
            Registry.Thresholds.USUAL,
            List.of());

    public Options {
        services = List.copyOf(services);
        ports = List.copyOf(ports);
        if (every.isZero() || every.isNegative() || fast.isZero() || fast.isNegative()) {
            throw new IllegalArgumentException("every " + every + ", fast " + fast);
        }
    }

    /** The time between two looks where haste is due: never longer than the usual time. */
    public Duration haste() {
        return fast.compareTo(every) < 0 ? fast : every;
    }

    /** Whether the same is heard and announced in the local network. */
    boolean hearsAs(Options other) {
        return mdns == other.mdns && announces == other.announces && services.equals(other.services);
    }
}
