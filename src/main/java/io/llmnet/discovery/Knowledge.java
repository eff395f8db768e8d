package io.llmnet.discovery;

import io.llmnet.discovery.profile.Facts;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model beside what its server reports: what the settings say goes before, what its name tells comes
 * after.
 */
public final class Knowledge implements BiFunction<Registration, Card, Card> {
    private final Profiles profiles;
    private final Function<String, @Nullable Card> settings;

    /**
     * Of these kinds and settings.
     *
     * @param settings what the user has said of the model of that name; null for nothing
     */
    public Knowledge(Profiles profiles, Function<String, @Nullable Card> settings) {
        this.profiles = profiles;
        this.settings = settings;
    }

    @Override
    public Card apply(Registration said, Card card) {
        Card told = card.with(card.capabilities().or(profiles.byName(said.kind(), card.id())));
        Card set = settings.apply(card.id());
        return set == null ? told : Facts.or(set.as(card.id()), told);
    }
}
