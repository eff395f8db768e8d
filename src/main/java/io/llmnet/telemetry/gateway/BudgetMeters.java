package io.llmnet.telemetry.gateway;

import io.llmnet.gateway.ledger.Spending;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.YearMonth;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How the month's spending stands to its limit. */
final class BudgetMeters {
    private final MeterRegistry registry;
    private final Spending spending;
    private volatile @Nullable YearMonth month;
    private @Nullable Gauge amount;

    BudgetMeters(MeterRegistry registry, Spending spending) {
        this.registry = registry;
        this.spending = spending;
        gauge("nexus_budget_limit_usd", "the monthly limit; +Inf where there is none", Spending::limit);
        gauge("nexus_budget_utilization_percent", "what is spent of the limit", Spending::utilizationPercent);
        gauge("nexus_budget_status", "0 normal, 1 soft limit, 2 hard limit", BudgetMeters::status);
        for (Spending.Event event : Spending.Event.values()) {
            FunctionCounter.builder("nexus_budget_events_total", spending, from -> from.count(event))
                    .description("what happened to the budget")
                    .tag("event_type", event.word())
                    .register(registry);
        }
        follow();
    }

    private static double status(Spending spending) {
        return switch (spending.status()) {
            case NORMAL -> 0;
            case SOFT_LIMIT -> 1;
            case HARD_LIMIT -> 2;
        };
    }

    /** The gauge of what is spent has its month as a label, so a new month needs another. */
    void follow() {
        YearMonth now = spending.month();
        if (!now.equals(month)) {
            begin(now);
        }
    }

    private synchronized void begin(YearMonth now) {
        if (now.equals(month)) {
            return;
        }
        month = now;
        if (amount != null) {
            registry.remove(amount);
        }
        amount = Gauge.builder("nexus_budget_spending_usd", spending, Spending::amount)
                .description("spent this month")
                .tag("billing_month", now.toString())
                .register(registry);
    }

    private void gauge(String name, String what, ToDoubleFunction<Spending> value) {
        Gauge.builder(name, spending, value).description(what).register(registry);
    }
}
