package io.llmnet.telemetry.gateway;

import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcome;
import java.util.HashMap;
import java.util.Map;

/** Why requests fail, in Nexus' words, and one of ours for callers who leave. */
final class ErrorType {
    private static final Map<String, Fault> FAULTS = new HashMap<>();

    static {
        for (Fault fault : Fault.values()) {
            FAULTS.put(fault.code(), fault);
        }
    }

    private ErrorType() {}

    static String of(Outcome outcome) {
        String error = outcome.error();
        Fault fault = error == null ? null : FAULTS.get(error);
        if (fault == Fault.CANCELLED || outcome.status() == Fault.CANCELLED.status()) {
            return "cancelled";
        }
        if (fault == Fault.MODEL_NOT_FOUND) {
            return "model_not_found";
        }
        if (fault == Fault.TIMED_OUT) {
            return "timeout";
        }
        if (fault == Fault.BUSY) {
            return "queued";
        }
        if (outcome.attempts() > 0) {
            return outcome.fallbackFor() == null ? "backend_error" : "fallback_exhausted";
        }
        return fault == Fault.NO_BACKEND || fault == Fault.MODEL_STARTING
                ? "no_healthy_backend"
                : fault == Fault.BAD_REQUEST || fault == Fault.CONTEXT_LENGTH
                        ? "capability_mismatch"
                        : "routing_rejected";
    }
}
