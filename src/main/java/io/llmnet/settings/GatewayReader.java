package io.llmnet.settings;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Choice;
import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.ensemble.Council;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Price;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings.Budget;
import io.llmnet.settings.GatewaySettings.Discovery;
import io.llmnet.settings.GatewaySettings.Fleet;
import io.llmnet.settings.GatewaySettings.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what llmnet.yaml says of the gateway. */
final class GatewayReader {
    private final Section top;

    GatewayReader(Section top) {
        this.top = top;
    }

    /**
     * All of it.
     *
     * @param timeouts of backends that say nothing of their own
     */
    GatewaySettings read(Timeouts timeouts, UnaryOperator<@Nullable String> environment) {
        Boolean goesOn = top.truth("continue-broken-streams");
        List<Listed> backends = backends(timeouts, environment);
        Rules rules = new RulesReader(top).read();
        Section together = top.section("ensembles");
        Map<String, Council> ensembles = EnsembleReader.read(together, rules.aliases(), backends);
        Set<String> written = together == null ? Set.of() : Set.copyOf(together.keys());
        return new GatewaySettings(
                backends,
                models(),
                rules,
                TermsReader.read(top),
                discovery(top.section("discovery")),
                budget(top.section("budget")),
                fleet(top.section("fleet")),
                lifecycle(top.section("lifecycle")),
                timeouts,
                or(goesOn, true),
                ensembles,
                PoolReader.read(top.section("pool"), TaskReader.read(top.section("tasks"), ensembles, written)),
                CacheReader.read(top.section("cache")));
    }

    /** What is said, else what is usual. */
    static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private List<Listed> backends(Timeouts timeouts, UnaryOperator<@Nullable String> environment) {
        BackendReader reader = new BackendReader(environment);
        List<Listed> backends = new ArrayList<>();
        for (Section each : top.list("backends")) {
            Listed backend = reader.listed(each, timeouts);
            if (backend != null) {
                backends.add(backend);
            }
        }
        return backends;
    }

    private Map<String, ModelFacts> models() {
        Map<String, ModelFacts> models = new HashMap<>(Prices.LISTED);
        Section section = top.section("models");
        if (section != null) {
            section.sections().forEach((name, model) -> models.put(name, facts(name, model)));
        }
        return models;
    }

    private static ModelFacts facts(String name, Section model) {
        Capabilities capabilities = new Capabilities(
                or(model.integer("context", 1, Integer.MAX_VALUE), 0),
                or(model.integer("max-output", 1, Integer.MAX_VALUE), 0),
                ability(model, "vision"),
                ability(model, "tools"),
                ability(model, "json"),
                ability(model, "embeddings"),
                ability(model, "reasoning"));
        Section price = model.section("price");
        ModelFacts listed = Prices.LISTED.get(name);
        Price paid = price == null ? listed == null ? null : listed.price() : price(price);
        model.close();
        return new ModelFacts(capabilities, paid);
    }

    private static Ability ability(Section model, String key) {
        Boolean can = model.truth(key);
        return can == null ? Ability.UNKNOWN : Ability.of(can);
    }

    private static Price price(Section price) {
        Double prompt = price.decimal("prompt", 0, GatewayVocabulary.MUCH);
        Double completion = price.decimal("completion", 0, GatewayVocabulary.MUCH);
        price.close();
        return new Price(or(prompt, 0.0), or(completion, 0.0));
    }

    private static Discovery discovery(@Nullable Section section) {
        Discovery usual = Discovery.USUAL;
        if (section == null) {
            return usual;
        }
        Registry.Thresholds thresholds = new Registry.Thresholds(
                or(section.integer("failures", 1, 1000), usual.thresholds().failures()),
                or(section.integer("recoveries", 1, 1000), usual.thresholds().recoveries()));
        Discovery discovery = new Discovery(
                or(section.truth("machine"), usual.machine()),
                or(section.duration("sweep"), usual.sweep()),
                ports(section, usual.ports()),
                or(section.truth("mdns"), usual.mdns()),
                ServiceTypes.read(section, "services", usual.services()),
                or(section.truth("announce"), usual.announce()),
                or(section.truth("checks"), usual.checks()),
                or(section.duration("every"), usual.every()),
                or(section.duration("timeout"), usual.timeout()),
                or(section.duration("grace"), usual.grace()),
                thresholds,
                true);
        section.close();
        return discovery;
    }

    private static List<Integer> ports(Section section, List<Integer> usual) {
        if (!section.has("ports")) {
            return usual;
        }
        List<Integer> ports = new ArrayList<>();
        int index = 0;
        for (Value item : section.items("ports")) {
            Integer port = Section.whole(item instanceof Value.Numeral number ? number.digits() : "");
            if (port != null && port >= 1 && port <= Vocabulary.LARGEST_PORT) {
                ports.add(port);
            } else {
                section.problems()
                        .error(
                                item.place(),
                                Paths.item(section.path("ports"), index),
                                "must be a port from 1 to 65535");
            }
            index++;
        }
        return ports;
    }

    private static Budget budget(@Nullable Section section) {
        if (section == null) {
            return Budget.USUAL;
        }
        Double monthly = section.decimal("monthly", GatewayVocabulary.CENT, GatewayVocabulary.MUCH);
        Double soft = section.decimal("soft", 0, 1);
        Budget.HardAction action = Choice.read(section, "hard-action", Budget.HardAction.class);
        section.close();
        return new Budget(monthly, or(soft, Budget.USUAL.soft()), or(action, Budget.USUAL.hardAction()));
    }

    private static Fleet fleet(@Nullable Section section) {
        Fleet usual = Fleet.USUAL;
        if (section == null) {
            return usual;
        }
        Fleet fleet = new Fleet(
                or(section.truth("enabled"), usual.enabled()),
                or(section.integer("sample-days", 1, GatewayVocabulary.MOST_DAYS), usual.sampleDays()),
                or(section.integer("min-requests", 1, Integer.MAX_VALUE), usual.minRequests()),
                or(section.duration("every"), usual.every()),
                or(section.integer("max-recommendations", 1, 1000), usual.maxRecommendations()));
        section.close();
        return fleet;
    }

    private static Lifecycle lifecycle(@Nullable Section section) {
        Lifecycle usual = Lifecycle.USUAL;
        if (section == null) {
            return usual;
        }
        Duration timeout = section.duration("timeout");
        section.decimal("vram-headroom", 0, 1);
        section.size("vram-assumed");
        for (String key : List.of("vram-headroom", "vram-assumed")) {
            if (section.has(key)) {
                section.warning(key, "has no effect, for no server tells how much memory it has; take it out");
            }
        }
        section.close();
        return new Lifecycle(or(timeout, usual.timeout()));
    }
}
