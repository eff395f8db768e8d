package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcome;
import io.llmnet.protocol.json.Json;
import io.llmnet.routing.Purse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what requests cost against the month's budget. A month is one of the calendar, in UTC; a new one begins with
 * nothing spent. Safe from any thread; {@link #purse} costs next to nothing.
 */
public final class Spending implements Consumer<Outcome>, Kept {
    private static final Logger LOGGER = LoggerFactory.getLogger(Spending.class);
    private static final double PERCENT = 100;

    /** How the month's spending stands to its limit. */
    public enum Status {
        NORMAL("Normal"),
        SOFT_LIMIT("SoftLimit"),
        HARD_LIMIT("HardLimit");

        private final String nexus;

        Status(String nexus) {
            this.nexus = nexus;
        }

        /** What Nexus calls it. */
        public String nexus() {
            return nexus;
        }
    }

    /** What can happen to a budget. */
    public enum Event {
        SOFT_LIMIT_REACHED,
        HARD_LIMIT_REACHED,
        MONTH_ROLLOVER;

        /** As metrics write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final InstantSource clock;
    private final Map<Event, LongAdder> events = new ConcurrentHashMap<>();
    private volatile Budget budget;
    private volatile Spent spent;
    private volatile long changes;
    private volatile long changedMillis;

    /** Of a month in which nothing is spent yet. */
    public Spending(InstantSource clock, Budget budget) {
        this.clock = clock;
        this.budget = budget;
        this.spent = Spent.in(Spent.monthOf(clock.instant()), 0, budget);
        this.changedMillis = clock.millis();
    }

    @Override
    public void accept(Outcome outcome) {
        if (outcome.cost() > 0) {
            add(outcome.cost());
        }
    }

    private synchronized void add(double cost) {
        Spent now = current();
        become(Spent.in(now.month(), now.amount() + cost, budget));
        changes++;
    }

    /** Another budget counts from now on; what is spent stays spent. */
    public synchronized void budget(Budget other) {
        budget = other;
        become(Spent.in(current().month(), current().amount(), other));
    }

    private void become(Spent next) {
        Status before = spent.status();
        spent = next;
        changedMillis = clock.millis();
        if (next.status().compareTo(before) <= 0) {
            return;
        }
        happened(next.status() == Status.SOFT_LIMIT ? Event.SOFT_LIMIT_REACHED : Event.HARD_LIMIT_REACHED);
        LOGGER.warn(
                "month={} spent={} limit={} status={} action={}",
                next.month(),
                next.amount(),
                budget.monthly(),
                next.status().nexus(),
                budget.hardAction());
    }

    /** What the budget allows now. */
    public Purse purse() {
        return current().purse();
    }

    /** How this month's spending stands to its limit. */
    public Status status() {
        return current().status();
    }

    /** Spent this month. */
    public double amount() {
        return current().amount();
    }

    /** The monthly limit; infinite where there is none. */
    public double limit() {
        Double monthly = budget.monthly();
        return monthly == null ? Double.POSITIVE_INFINITY : monthly;
    }

    /** The share of the limit that is spent, in percent; 0 where there is no limit. */
    public double utilizationPercent() {
        return current().utilization() * PERCENT;
    }

    /** What is left of the limit this month; infinite where there is none. */
    public double remaining() {
        return Math.max(0, limit() - current().amount());
    }

    /** The month that is counted now. */
    public YearMonth month() {
        return current().month();
    }

    /** How often something has happened since the start. */
    public long count(Event event) {
        return counter(event).sum();
    }

    private LongAdder counter(Event event) {
        return events.computeIfAbsent(event, fresh -> new LongAdder());
    }

    private void happened(Event event) {
        counter(event).increment();
    }

    private Spent current() {
        Spent known = spent;
        return clock.millis() < known.endMillis() ? known : rolled();
    }

    private synchronized Spent rolled() {
        Spent known = spent;
        if (clock.millis() >= known.endMillis()) {
            spent = Spent.in(Spent.monthOf(clock.instant()), 0, budget);
            changes++;
            happened(Event.MONTH_ROLLOVER);
            LOGGER.info("month={} spent={}; month={} begins", known.month(), known.amount(), spent.month());
        }
        return spent;
    }

    @Override
    public long version() {
        return changes;
    }

    @Override
    public ObjectNode state() {
        Spent now = current();
        return Json.object().put("month", now.month().toString()).put("spent", now.amount());
    }

    @Override
    public synchronized void restore(ObjectNode state) {
        double amount = state.path("spent").asDouble(-1);
        if (!(amount >= 0)) {
            throw new IllegalArgumentException("its spent is no amount");
        }
        if (month(state.path("month").asText()).equals(month())) {
            become(Spent.in(month(), amount, budget));
        }
    }

    private static YearMonth month(String written) {
        try {
            return YearMonth.parse(written);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("its month is no month", wrong);
        }
    }

    /** As {@code /v1/stats} shows it. */
    ObjectNode json() {
        Spent now = current();
        Budget said = budget;
        return Json.object()
                .put("current_spending_usd", now.amount())
                .put("monthly_limit_usd", said.monthly())
                .put("utilization_percent", now.utilization() * PERCENT)
                .put("status", now.status().nexus())
                .put("billing_month", now.month().toString())
                .put("last_reconciliation", Instant.ofEpochMilli(changedMillis).toString())
                .put("soft_limit_threshold", said.soft() * PERCENT)
                .put("hard_limit_action", said.hardAction().nexus())
                .put("next_reset_date", now.month().plusMonths(1).atDay(1).toString());
    }

    /** Whether there is anything to tell. */
    boolean isOfInterest() {
        return budget.monthly() != null || amount() > 0;
    }
}
