package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.registry.Latencies;
import io.llmnet.registry.Member;
import io.llmnet.registry.Pulse;
import io.llmnet.registry.Rates;

/**
 * How a backend does, over all of its models.
 *
 * @param hour its outcomes of the last hour
 * @param day its outcomes of the last day
 * @param firstPieces streams of which the time to the first piece is known
 * @param firstPieceMillis the mean of these times
 */
public record Vitals(Rates.Count hour, Rates.Count day, long firstPieces, double firstPieceMillis) {
    /** How a backend does at a moment of the clock of all pulses. */
    public static Vitals of(Member member, long nowNanos) {
        Rates.Count hour = new Rates.Count(0, 0);
        Rates.Count day = new Rates.Count(0, 0);
        long streams = 0;
        double millis = 0;
        for (Pulse pulse : member.load().pulses().values()) {
            hour = sum(hour, pulse.lastHour().count(nowNanos));
            day = sum(day, pulse.lastDay().count(nowNanos));
            Latencies firsts = pulse.firstPieces();
            streams += firsts.count();
            millis += firsts.count() * firsts.meanMillis();
        }
        return new Vitals(hour, day, streams, streams == 0 ? 0 : millis / streams);
    }

    private static Rates.Count sum(Rates.Count one, Rates.Count other) {
        return new Rates.Count(one.total() + other.total(), one.failures() + other.failures());
    }

    /** Writes what is known; of what nothing was seen, nothing is said. */
    void writeTo(ObjectNode page) {
        if (hour.total() > 0) {
            page.put("error_rate_1h", hour.failureRate());
        }
        if (firstPieces > 0) {
            page.put("avg_ttft_ms", firstPieceMillis);
        }
        if (day.total() > 0) {
            page.put("success_rate_24h", 1 - day.failureRate());
        }
    }
}
