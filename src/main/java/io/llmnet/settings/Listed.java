package io.llmnet.settings;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Paths;
import io.llmnet.backend.Timeouts;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend that a settings file lists. It becomes a {@link Registration} once its kind is known.
 *
 * @param url its root, without {@code /v1} and without a slash at its end
 * @param kind the name of its profile, one of {@link Kinds#NAMES}; null where its fingerprint shall tell
 * @param apiKey never shown
 * @param zone null for what is usual for its kind
 * @param models the only ones that are used, {@code *} standing for anything; none for all that it lists
 */
public record Listed(
        String name,
        URI url,
        @Nullable String kind,
        @Nullable String apiKey,
        @Nullable Zone zone,
        int tier,
        int priority,
        double weight,
        int maxConcurrent,
        List<String> models,
        Timeouts timeouts) {
    public Listed {
        models = List.copyOf(models);
    }

    /**
     * What the registry is told of it.
     *
     * @param known its kind, as it is listed or as its fingerprint told
     * @param usual the zone of that kind, which counts where none is listed
     */
    public Registration registration(String known, Backend.Speaks speaks, Paths paths, Zone usual) {
        return new Registration(
                new Backend(name, speaks, url, apiKey, timeouts, paths),
                known,
                zone == null ? usual : zone,
                tier,
                priority,
                weight,
                maxConcurrent,
                models,
                Source.FILE);
    }

    /** Without the key and the path, which may hold one. */
    @Override
    public String toString() {
        return name + " at " + url.getScheme() + "://" + url.getRawAuthority();
    }
}
