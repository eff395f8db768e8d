package io.llmnet.routing;

import io.llmnet.backend.Backend;
import io.llmnet.registry.Offer;
import org.jspecify.annotations.Nullable;

/**
 * One backend that may answer, and the name by which it knows the model.
 *
 * @param offer what the registry knows of the model there; null for a server that only a pipeline's file names
 * @param reason why it stands where it stands, for people: {@code highest_score:desk:87.00}
 * @param fallbackFor the model that was asked for, where this is another that stands in for it; else null
 */
public record Candidate(
        Backend backend,
        String model,
        @Nullable Offer offer,
        String reason,
        @Nullable String fallbackFor) {
    /** One that a pipeline's file names, and nobody has to choose. */
    public Candidate(Backend backend, String model) {
        this(backend, model, null, "", null);
    }

    public static Candidate of(Offer offer, String reason, @Nullable String fallbackFor) {
        return new Candidate(offer.member().backend(), offer.card().id(), offer, reason, fallbackFor);
    }
}
