package io.llmnet.registry;

import io.llmnet.backend.Backend;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One backend as it is known now.
 *
 * @param said what somebody said of it
 * @param models what it has, by name
 * @param trouble why it is not well; null when it is
 * @param version of its software, where it says
 * @param load how busy it is; the same object for as long as the backend is known
 */
public record Member(
        Registration said,
        Health health,
        Map<String, Card> models,
        @Nullable String trouble,
        @Nullable String version,
        Load load) {
    public Member {
        models = Map.copyOf(models);
    }

    public String name() {
        return said.backend().name();
    }

    public Backend backend() {
        return said.backend();
    }

    /** Whether it may be asked something new. */
    public boolean isUp() {
        return health == Health.HEALTHY;
    }

    Member with(Health other, @Nullable String why) {
        return new Member(said, other, models, why, version, load);
    }
}
