package io.llmnet.gateway.ledger;

import io.llmnet.routing.Purse;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What was spent in one calendar month of UTC, and what that means for the budget.
 *
 * @param endMillis when the next month begins, in milliseconds since 1970
 * @param utilization the share of the monthly limit that is spent; 0 where there is no limit
 */
record Spent(YearMonth month, long endMillis, double amount, double utilization, Spending.Status status, Purse purse) {
    static Spent in(YearMonth month, double amount, Budget budget) {
        double utilization = utilization(amount, budget);
        Spending.Status status = budget.monthly() == null || utilization < budget.soft()
                ? Spending.Status.NORMAL
                : utilization < 1 ? Spending.Status.SOFT_LIMIT : Spending.Status.HARD_LIMIT;
        return new Spent(
                month,
                start(month.plusMonths(1)).toEpochMilli(),
                amount,
                utilization,
                status,
                switch (status) {
                    case NORMAL -> Purse.OPEN;
                    case SOFT_LIMIT -> Purse.CAREFUL;
                    case HARD_LIMIT ->
                        switch (budget.hardAction()) {
                            case WARN -> Purse.CAREFUL;
                            case LOCAL_ONLY -> Purse.LOCAL_ONLY;
                            case REFUSE -> Purse.SHUT;
                        };
                });
    }

    private static double utilization(double amount, Budget budget) {
        Double limit = budget.monthly();
        if (limit == null) {
            return 0;
        }
        return limit == 0 ? 1 : amount / limit;
    }

    static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
