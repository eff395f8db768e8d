package io.llmnet.gateway;

import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.List;

/**
 * Gateways that a request has passed. Two that know each other must not pass a request to and fro: who gets it from another
 * asks servers alone, and shows to another only what servers have.
 */
final class Hops {
    /** The kind that other gateways are of. */
    private static final String OURS = "gateway";

    private Hops() {}

    /** The plan as it may be walked: of a request that comes from another gateway, without gateways. */
    static Plan within(Plan plan, Call call) {
        if (call.hops() == 0) {
            return plan;
        }
        List<Candidate> others =
                plan.candidates().stream().filter(Hops::isOurOwn).toList();
        if (others.isEmpty()) {
            throw new ChatException(
                    Fault.LOOP_DETECTED,
                    "another gateway asks for " + plan.model()
                            + ", which only gateways have here; name its server there");
        }
        return new Plan(others, plan.model(), plan.exclusions());
    }

    /** Not another gateway's, and nothing that leaves home: another gateway takes us for a server at home. */
    private static boolean isOurOwn(Candidate one) {
        if (one.offer() == null) {
            return true;
        }
        Registration said = one.offer().member().said();
        return !said.kind().equals(OURS) && said.zone() == Zone.RESTRICTED;
    }
}
