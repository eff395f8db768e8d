package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Section;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the backends that a {@code nexus.toml} lists. */
final class NexusBackends {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final UnaryOperator<@Nullable String> environment;
    private final BackendReader reader;

    NexusBackends(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        this.reader = new BackendReader(environment);
    }

    /** Those that can be used. */
    List<Listed> read(List<Section> sections, Timeouts timeouts) {
        List<Listed> backends = new ArrayList<>();
        for (Section each : sections) {
            Listed backend = backend(each, timeouts);
            if (backend != null) {
                backends.add(backend);
            }
            each.close();
        }
        return backends;
    }

    private @Nullable Listed backend(Section each, Timeouts timeouts) {
        String name = reader.name(each);
        URI url = reader.url(each, "url");
        String kind = Kinds.read(each, "type");
        Zone zone = Words.zone(each, "zone");
        int tier = NexusGateway.TIERS - or(each.integer("tier", 1, 5), 1);
        int priority = or(each.integer("priority", 0, BackendReader.MOST_PRIORITY), Registration.USUAL_PRIORITY);
        int atOnce = or(each.integer("max_concurrent", 0, BackendReader.MOST_CONCURRENT), 0);
        String variable = each.text("api_key_env");
        if (variable != null && !VARIABLE.matcher(variable).matches()) {
            // Without what stands there, which may be a key.
            each.error("api_key_env", "must be the name of an environment variable, in capitals, and not the key");
            return null;
        }
        if ((variable != null && !reader.isSet(each, "api_key_env", variable)) || name == null || url == null) {
            return null;
        }
        String key = variable == null ? null : environment.apply(variable);
        String checked = BackendReader.checked(each, "api_key_env", key);
        return new Listed(name, url, kind, checked, zone, tier, priority, 1, atOnce, List.of(), timeouts);
    }
}
