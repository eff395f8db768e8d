package io.llmnet.routing;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.registry.Card;
import io.llmnet.registry.Load;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Pulse;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Backends to choose among, none of which exists. */
public final class House {
    public static final String MODEL = "qwen3";

    private static final Registry.Thresholds AT_ONCE = new Registry.Thresholds(1, 1);

    private final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);

    public static Registration said(String name) {
        return said(name, Zone.RESTRICTED, 1, 50, 1, 0);
    }

    public static Registration said(
            String name, Zone zone, int tier, int priority, double weight, int maxConcurrent, String... models) {
        Backend backend = new Backend(
                name, Backend.Speaks.OPENAI, URI.create("http://" + name + ".test"), null, Timeouts.DEFAULT);
        return new Registration(
                backend, "generic", zone, tier, priority, weight, maxConcurrent, List.of(models), Source.FILE);
    }

    /** Backends that are well and have the usual model, nothing special being said of them. */
    public static House of(String... names) {
        House house = new House();
        for (String name : names) {
            house.put(said(name));
        }
        return house;
    }

    public House put(Registration said) {
        return put(said, Card.named(MODEL));
    }

    public House put(Registration said, Card... cards) {
        registry.put(said);
        registry.report(said.name(), Report.well(List.of(cards), 0, null, Duration.ofMillis(1)), AT_ONCE);
        return this;
    }

    public House down(String name, String trouble) {
        registry.report(name, Report.failed(trouble, Duration.ofMillis(1)), AT_ONCE);
        return this;
    }

    public House drain(String name) {
        registry.drain(name, true);
        return this;
    }

    public House busy(String name, int requests) {
        for (int i = 0; i < requests; i++) {
            load(name).enter();
        }
        return this;
    }

    public Roster roster() {
        return registry.roster();
    }

    public Registry registry() {
        return registry;
    }

    public Load load(String name) {
        return roster().members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow()
                .load();
    }

    public Pulse pulse(String name) {
        return load(name).pulse(MODEL);
    }

    /** It took so long to its first piece, until now. */
    public House took(String name, long millis) {
        pulse(name).succeeded(true, Duration.ofMillis(millis).toNanos(), 0);
        return this;
    }

    public List<Offer> offers() {
        return roster().offers(MODEL);
    }
}
