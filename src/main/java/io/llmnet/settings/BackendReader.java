package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Address;
import io.llmnet.config.Section;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads listed backends, whatever the file's words for their keys are. Of one file, for one thread. */
final class BackendReader {
    static final int MOST_PRIORITY = 1_000_000;
    static final int MOST_CONCURRENT = 1_000_000;
    static final double LEAST_WEIGHT = 0.001;
    static final double MOST_WEIGHT = 1000;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\$|\\{(\\w+)}|([A-Za-z_]\\w*))");
    private static final Pattern VISIBLE = Pattern.compile("[ -~]{1,100}");

    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Integer> lines = new HashMap<>();

    BackendReader(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** One of llmnet.yaml; null when it cannot be used. */
    @Nullable
    Listed listed(Section backend, Timeouts usual) {
        String name = name(backend);
        URI url = url(backend, "url");
        String kind = Kinds.read(backend, "kind");
        Zone zone = Words.zone(backend, "zone");
        Integer tier = backend.integer("tier", 1, 5);
        Integer priority = backend.integer("priority", 0, MOST_PRIORITY);
        Double weight = backend.decimal("weight", LEAST_WEIGHT, MOST_WEIGHT);
        Integer atOnce = backend.integer("max-concurrent", 1, MOST_CONCURRENT);
        List<String> models = ModelNames.patterns(backend, "models");
        Timeouts timeouts = SettingsFile.timeouts(backend.section("timeouts"), usual);
        boolean hasKey = hasKey(backend);
        String key = hasKey ? checked(backend, "api-key", backend.expanded("api-key")) : null;
        backend.close();
        return name == null || url == null || !hasKey
                ? null
                : new Listed(
                        name,
                        url,
                        kind,
                        key,
                        zone,
                        or(tier, 1),
                        or(priority, Registration.USUAL_PRIORITY),
                        or(weight, 1.0),
                        or(atOnce, 0),
                        models,
                        timeouts);
    }

    /** Its name, which no other has. */
    @Nullable
    String name(Section backend) {
        String name = backend.required("name");
        if (name == null) {
            return null;
        }
        if (!VISIBLE.matcher(name).matches()) {
            backend.error("name", "must be up to 100 letters, digits and signs of ASCII, for headers name it");
        }
        Integer line = lines.putIfAbsent(name, backend.place("name").line());
        if (line != null) {
            backend.error("name", "is the name of the backend in line " + line + ", too; give it another");
        }
        return name;
    }

    /** Its root, at that key. */
    @Nullable
    URI url(Section backend, String key) {
        if (backend.required(key) == null) {
            return null;
        }
        String written = backend.expanded(key);
        Address address = Address.of(written == null ? "" : written);
        if (address.complaint() != null) {
            backend.error(key, address.complaint());
            return null;
        }
        return address.url();
    }

    /** Whether all that its key is made of is there; else it is told that the backend is left out. */
    private boolean hasKey(Section backend) {
        if (!backend.isText("api-key")) {
            return true;
        }
        Matcher variables = VARIABLE.matcher(String.valueOf(backend.text("api-key")));
        while (variables.find()) {
            String name = variables.group(1) == null ? variables.group(2) : variables.group(1);
            if (name != null && !isSet(backend, "api-key", name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a variable with a key is set; else it is told that the backend is left out. */
    boolean isSet(Section backend, String key, String variable) {
        String value = environment.apply(variable);
        if (value != null && !value.isBlank()) {
            return true;
        }
        backend.warning(
                key,
                "the environment variable " + Words.shown(variable)
                        + " is not set, so this backend is left out; set it, or name it in --env-file");
        return false;
    }

    /** A key that a header can bear. */
    static @Nullable String checked(Section backend, String at, @Nullable String key) {
        if (key == null || key.isBlank()) {
            return null;
        }
        String bare = key.strip();
        if (bare.chars().anyMatch(each -> each < ' ' || each > '~')) {
            backend.error(at, "holds characters that no header can bear; correct it");
        }
        return bare;
    }
}
