package io.llmnet.app;

import io.llmnet.discovery.Options;
import io.llmnet.gateway.ledger.Budget;
import io.llmnet.gateway.ledger.Fleet;
import io.llmnet.settings.GatewaySettings;
import java.time.Duration;
import java.util.Locale;

/** The settings in the words of those who go by them. */
final class Settled {
    /** Longer than any process runs. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private Settled() {}

    static Options options(GatewaySettings settings) {
        GatewaySettings.Discovery said = settings.discovery();
        return new Options(
                said.machine(),
                said.mdns(),
                said.services().stream().map(Settled::type).toList(),
                said.announce(),
                said.checks() ? said.every() : NEVER,
                said.sweep(),
                said.grace(),
                said.timeout(),
                settings.lifecycle().timeout(),
                settings.timeouts(),
                said.thresholds(),
                said.ports());
    }

    /** Without the domain, which is the local one in any case. */
    private static String type(String service) {
        return service.toLowerCase(Locale.ROOT).replaceFirst("\\.local$", "");
    }

    static Budget budget(GatewaySettings settings) {
        GatewaySettings.Budget said = settings.budget();
        return new Budget(
                said.monthly(),
                said.soft(),
                switch (said.hardAction()) {
                    case WARN -> Budget.HardAction.WARN;
                    case LOCAL_ONLY -> Budget.HardAction.LOCAL_ONLY;
                    case REFUSE -> Budget.HardAction.REFUSE;
                });
    }

    static Fleet.Terms fleet(GatewaySettings settings) {
        GatewaySettings.Fleet said = settings.fleet();
        return new Fleet.Terms(
                said.enabled(), said.sampleDays(), said.minRequests(), said.every(), said.maxRecommendations());
    }
}
