package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.dispatch.Terms;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules;
import io.llmnet.routing.Rules.Policy;
import io.llmnet.routing.Rules.Quality;
import io.llmnet.routing.Rules.Strategy;
import io.llmnet.routing.Rules.Weights;
import io.llmnet.settings.GatewaySettings.Budget;
import io.llmnet.settings.GatewaySettings.Discovery;
import io.llmnet.settings.GatewaySettings.Fleet;
import io.llmnet.settings.GatewaySettings.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what a {@code nexus.toml} says of the gateway. There, tier 5 is the best; here, it is tier 1. */
final class NexusGateway {
    static final List<String> PRIVACIES = List.of("unrestricted", "restricted");
    static final List<String> ACTIONS = List.of("warn", "block-cloud", "block-all");

    /** What the two numbers of a tier add up to. */
    static final int TIERS = 6;

    private final Section top;

    NexusGateway(Section top) {
        this.top = top;
    }

    /**
     * All of it.
     *
     * @param looksFor whether servers are looked for, where the environment says so
     * @param checks whether servers are probed, where the environment says so
     */
    GatewaySettings read(
            Timeouts timeouts,
            UnaryOperator<@Nullable String> environment,
            @Nullable Boolean looksFor,
            @Nullable Boolean checks) {
        Section routing = top.section("routing");
        GatewaySettings settings = new GatewaySettings(
                new NexusBackends(environment).read(top.list("backends"), timeouts),
                Prices.LISTED,
                rules(routing),
                terms(routing),
                discovery(looksFor, checks),
                budget(routing == null ? null : routing.section("budget")),
                fleet(top.section("fleet")),
                lifecycle(top.section("lifecycle")),
                timeouts,
                true,
                Map.of(),
                PoolSettings.USUAL,
                CacheSettings.USUAL);
        if (routing != null) {
            routing.close();
        }
        return settings;
    }

    private static void unused(Section section, String key, String instead) {
        if (section.has(key)) {
            section.warning(key, "has no effect, as in Nexus; " + instead);
        }
    }

    private Rules rules(@Nullable Section routing) {
        Quality quality = quality(top.section("quality"));
        if (routing == null) {
            return new Rules(Strategy.SMART, Weights.USUAL, Map.of(), Map.of(), List.of(), true, quality);
        }
        Map<String, String> aliases = ModelNames.aliases(routing.section("aliases"));
        return new Rules(
                or(Choice.read(routing, "strategy", Strategy.class), Strategy.SMART),
                RulesReader.weights(routing),
                aliases,
                ModelNames.fallbacks(routing.section("fallbacks"), aliases),
                policies(routing),
                true,
                quality);
    }

    private static List<Policy> policies(Section routing) {
        List<Policy> policies = new ArrayList<>();
        if (routing.find("policies") instanceof Value.Mapping) {
            Section table = routing.section("policies");
            if (table != null) {
                table.sections().forEach((models, each) -> policies.add(policy(each, models, table)));
            }
        } else {
            for (Section each : routing.list("policies")) {
                String models = each.required("model_pattern");
                policies.add(policy(each, models == null ? "*" : models, each));
            }
        }
        return policies;
    }

    /** One policy; where its pattern is a key of a table, {@code holder} is that table. */
    private static Policy policy(Section each, String models, Section holder) {
        boolean isKey = !holder.path().equals(each.path());
        String pattern = isKey ? or(each.text("model_pattern"), models) : models;
        String complaint = ModelNames.complaint(pattern);
        if (complaint != null) {
            holder.error(isKey ? models : "model_pattern", complaint);
        }
        String privacy = Words.privacy(each, "privacy", PRIVACIES);
        Zone zone = Zone.RESTRICTED.word().equals(privacy) ? Zone.RESTRICTED : null;
        Integer tier = each.integer("min_tier", 1, 5);
        unused(each, "max_cost_per_request", "limit what is spent by [routing.budget]");
        unused(each, "fallback_allowed", "who may stand in is said by [routing.fallbacks]");
        each.close();
        return new Policy(pattern, zone, tier == null ? 0 : TIERS - tier, true);
    }

    private static Quality quality(@Nullable Section section) {
        Quality usual = Quality.USUAL;
        if (section == null) {
            return usual;
        }
        Double most = section.decimal("error_rate_threshold", 0, 1);
        Duration slow = millis(section, "ttft_penalty_threshold_ms");
        unused(section, "metrics_interval_seconds", "outcomes count as they come");
        section.close();
        return new Quality(usual.window(), usual.minSamples(), or(most, usual.maxErrorRate()), or(slow, usual.slow()));
    }

    private static @Nullable Duration millis(Section section, String key) {
        Integer millis = section.integer(key, 1, NexusVocabulary.LONGEST_MILLIS);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private Terms terms(@Nullable Section routing) {
        Terms usual = Terms.USUAL;
        Integer retries = routing == null ? null : routing.integer("max_retries", 0, TermsReader.MOST_ATTEMPTS - 1);
        return new Terms(
                retries == null ? usual.attempts() : retries + 1,
                usual.retryBudget(),
                hedge(routing == null ? null : routing.section("hedging")),
                usual.breaker(),
                queue(top.section("queue")));
    }

    private static Terms.Hedge hedge(@Nullable Section section) {
        Terms.Hedge usual = Terms.Hedge.USUAL;
        if (section == null) {
            return usual;
        }
        Boolean enabled = section.truth("enabled");
        Double extra = section.decimal("max_extra_percent", 0, 100);
        section.close();
        return new Terms.Hedge(
                or(enabled, usual.enabled()), usual.atLeast(), extra == null ? usual.budget() : extra / 100);
    }

    private static Terms.Queue queue(@Nullable Section section) {
        Terms.Queue usual = new Terms.Queue(100, Duration.ofSeconds(30));
        if (section == null) {
            return usual;
        }
        boolean enabled = or(section.truth("enabled"), true);
        int size = or(section.integer("max_size", 0, TermsReader.MOST_WAITING), usual.size());
        Duration wait = or(NexusReader.seconds(section, "max_wait_seconds"), usual.patience());
        section.close();
        return new Terms.Queue(enabled ? size : 0, wait);
    }

    private Discovery discovery(@Nullable Boolean looksFor, @Nullable Boolean checksToo) {
        Discovery usual = Discovery.USUAL;
        Section found = top.section("discovery");
        Section health = top.section("health_check");
        boolean looks = or(looksFor, found == null ? true : or(found.truth("enabled"), true));
        boolean checks = or(checksToo, health == null ? true : or(health.truth("enabled"), true));
        List<String> services =
                found == null ? usual.services() : ServiceTypes.read(found, "service_types", usual.services());
        Duration grace = found == null ? null : NexusReader.seconds(found, "grace_period_seconds");
        Duration every = health == null ? null : NexusReader.seconds(health, "interval_seconds");
        Duration timeout = health == null ? null : NexusReader.seconds(health, "timeout_seconds");
        Integer failures = health == null ? null : health.integer("failure_threshold", 1, 1000);
        Integer recoveries = health == null ? null : health.integer("recovery_threshold", 1, 1000);
        if (found != null) {
            found.close();
        }
        if (health != null) {
            health.close();
        }
        return new Discovery(
                looks,
                usual.sweep(),
                usual.ports(),
                looks,
                services,
                looks,
                checks,
                or(every, usual.every()),
                or(timeout, usual.timeout()),
                or(grace, usual.grace()),
                new Registry.Thresholds(
                        or(failures, usual.thresholds().failures()),
                        or(recoveries, usual.thresholds().recoveries())),
                found != null || health != null || looksFor != null);
    }

    private static Budget budget(@Nullable Section section) {
        if (section == null) {
            return new Budget(null, Budget.USUAL.soft(), Budget.HardAction.WARN);
        }
        Double monthly = section.decimal("monthly_limit_usd", GatewayVocabulary.CENT, GatewayVocabulary.MUCH);
        Double soft = section.decimal("soft_limit_percent", 0, 100);
        String action = Choice.read(section, "hard_limit_action", ACTIONS);
        unused(section, "reconciliation_interval_secs", "money counts as it is spent");
        section.close();
        return new Budget(
                monthly,
                soft == null ? Budget.USUAL.soft() : soft / 100,
                "block-cloud".equals(action)
                        ? Budget.HardAction.LOCAL_ONLY
                        : "block-all".equals(action) ? Budget.HardAction.REFUSE : Budget.HardAction.WARN);
    }

    private static Fleet fleet(@Nullable Section section) {
        Fleet usual = Fleet.USUAL;
        if (section == null) {
            return new Fleet(false, usual.sampleDays(), usual.minRequests(), usual.every(), usual.maxRecommendations());
        }
        Fleet fleet = new Fleet(
                or(section.truth("enabled"), false),
                sampleDays(section, usual.sampleDays()),
                or(section.integer("min_request_count", 1, Integer.MAX_VALUE), usual.minRequests()),
                or(NexusReader.seconds(section, "analysis_interval_seconds"), usual.every()),
                or(section.integer("max_recommendations", 1, 1000), usual.maxRecommendations()));
        section.close();
        return fleet;
    }

    private static int sampleDays(Section section, int usual) {
        String key = "min_sample_days";
        int days = or(section.integer(key, 1, 365), usual);
        if (days > GatewayVocabulary.MOST_DAYS) {
            section.warning(
                    key,
                    "counts as " + GatewayVocabulary.MOST_DAYS + ", for the requests of no more days are remembered");
        }
        return Math.min(days, GatewayVocabulary.MOST_DAYS);
    }

    private static Lifecycle lifecycle(@Nullable Section section) {
        Lifecycle usual = Lifecycle.USUAL;
        if (section == null) {
            return usual;
        }
        Duration timeout = millis(section, "timeout_ms");
        section.decimal("vram_headroom_percent", 0, 100);
        section.decimal("vram_heuristic_max_gb", 0.1, 100_000);
        for (String key : List.of("vram_headroom_percent", "vram_buffer_percent", "vram_heuristic_max_gb")) {
            if (section.has(key)) {
                section.warning(key, "has no effect, for no server tells how much memory it has; take it out");
            }
        }
        section.close();
        return new Lifecycle(or(timeout, usual.timeout()));
    }
}
