package io.llmnet.gateway.ledger;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A registry for tests, filled by name. */
final class Rosters {
    final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);

    static Card card(String model, Ability loaded) {
        return new Card(model, Capabilities.UNKNOWN, null, loaded, 4_000_000_000L, 0);
    }

    Rosters has(String backend, Zone zone, Card... models) {
        registry.put(Registration.of(
                new Backend(backend, Backend.Speaks.OLLAMA, URI.create("http://127.0.0.1:1"), null, Timeouts.DEFAULT),
                "ollama",
                zone,
                Source.FILE));
        registry.report(
                backend, Report.well(List.of(models), 0, null, Duration.ofMillis(2)), Registry.Thresholds.USUAL);
        return this;
    }

    Rosters lost(String backend) {
        for (int each = 0; each < 3; each++) {
            registry.report(backend, Report.failed("gone", Duration.ofMillis(2)), Registry.Thresholds.USUAL);
        }
        return this;
    }
}
