package io.llmnet.routing;

import io.llmnet.fault.Fault;
import io.llmnet.registry.Zone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nobody may be asked.
 *
 * @param fault {@code MODEL_NOT_FOUND} where nobody knows the model, {@code NO_BACKEND} where those who do are down or
 *     excluded, {@code BAD_REQUEST} or {@code CONTEXT_LENGTH} where no model could do what is wanted
 * @param message for the caller: what is wrong, and what to do
 * @param exclusions who has the model and is not to be asked, and why
 * @param available backends that are well, whatever they have
 * @param zone that a policy requires; null where none does
 * @param tier that a policy requires; 0 where none does
 */
public record NoPlan(
        Fault fault,
        String message,
        List<Exclusion> exclusions,
        List<String> available,
        @Nullable Zone zone,
        int tier) implements Decision {
    public NoPlan {
        exclusions = List.copyOf(exclusions);
        available = List.copyOf(available);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.noPlan(this);
    }
}
