package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules;
import io.llmnet.routing.Rules.Policy;
import io.llmnet.routing.Rules.Quality;
import io.llmnet.routing.Rules.Strategy;
import io.llmnet.routing.Rules.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what llmnet.yaml says of choosing a backend. */
final class RulesReader {
    private static final int MOST_WEIGHT = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Section top;

    RulesReader(Section top) {
        this.top = top;
    }

    Rules read() {
        Map<String, String> aliases = ModelNames.aliases(top.section("aliases"));
        Map<String, List<String>> fallbacks = ModelNames.fallbacks(top.section("fallbacks"), aliases);
        Quality quality = quality(top.section("quality"));
        Section routing = top.section("routing");
        if (routing == null) {
            return new Rules(Strategy.SMART, Weights.USUAL, aliases, fallbacks, List.of(), true, quality);
        }
        Rules rules = new Rules(
                or(Choice.read(routing, "strategy", Strategy.class), Strategy.SMART),
                weights(routing),
                aliases,
                fallbacks,
                policies(routing),
                or(routing.truth("sticky"), true),
                quality);
        routing.close();
        return rules;
    }

    /** What counts how much; what is not said is as usual. */
    static Weights weights(Section routing) {
        Section section = routing.section("weights");
        if (section == null) {
            return Weights.USUAL;
        }
        int priority = or(section.integer("priority", 0, MOST_WEIGHT), Weights.USUAL.priority());
        int load = or(section.integer("load", 0, MOST_WEIGHT), Weights.USUAL.load());
        int latency = or(section.integer("latency", 0, MOST_WEIGHT), Weights.USUAL.latency());
        section.close();
        if (priority + load + latency == 0) {
            routing.error("weights", "are all 0; give at least one of them a number above 0");
            return Weights.USUAL;
        }
        return new Weights(priority, load, latency);
    }

    private static List<Policy> policies(Section routing) {
        List<Policy> policies = new ArrayList<>();
        for (Section each : routing.list("policies")) {
            String models = each.required("models");
            String complaint = models == null ? null : ModelNames.complaint(models);
            if (complaint != null) {
                each.error("models", complaint);
            }
            Zone zone = Words.zone(each, "zone");
            Integer tier = each.integer("tier", 1, 5);
            Boolean strict = each.truth("strict");
            each.close();
            if (models != null) {
                policies.add(new Policy(models, zone, or(tier, 0), or(strict, true)));
            }
        }
        return policies;
    }

    private static Quality quality(@Nullable Section section) {
        Quality usual = Quality.USUAL;
        if (section == null) {
            return usual;
        }
        Duration window = section.duration("window");
        if (window != null && window.compareTo(LONGEST) > 0) {
            section.error("window", "must be 1h at most, for no more is remembered");
        }
        Quality quality = new Quality(
                or(window, usual.window()),
                or(section.integer("min-samples", 1, MOST_WEIGHT), usual.minSamples()),
                or(section.decimal("max-error-rate", 0, 1), usual.maxErrorRate()),
                or(section.duration("slow"), usual.slow()));
        section.close();
        return quality;
    }
}
