package io.llmnet.gateway.ledger;

import java.util.Arrays;

/**
 * When a model is asked for, as its last whole days show it.
 *
 * <p>An hour of the day is a peak when it brings twice what the mean hour brings, more than chance would (three standard
 * deviations of a Poisson count), and does so on most days: one busy afternoon is no habit. A trend needs two whole weeks,
 * so that weekends do not look like one.
 *
 * @param days whole days that were looked at
 * @param requests in these days
 * @param ratio of the busiest hour of the day to the mean one; 0 of nothing
 * @param peak the hour of the day, in UTC, at which the busy time begins; -1 where there is none
 * @param trend how much more the last week brought than the one before, as a share of that; 0 where that is not known
 */
record Rhythm(int days, long requests, double ratio, int peak, double trend) {
    private static final double PEAK = 2;
    private static final double DEVIATIONS = 3;
    private static final int WEEK = 7 * Demand.HOURS_A_DAY;

    /** Looks at the whole days before this hour. */
    static Rhythm of(Demand demand, long hour) {
        int days = demand.days(hour);
        long from = hour - (long) days * Demand.HOURS_A_DAY;
        int[] counts = demand.between(from, hour);
        long[] daily = new long[Demand.HOURS_A_DAY];
        for (int each = 0; each < counts.length; each++) {
            daily[hourOfDay(from + each)] += counts[each];
        }
        long total = Arrays.stream(daily).sum();
        double mean = (double) total / Demand.HOURS_A_DAY;
        int busiest = 0;
        for (int each = 1; each < daily.length; each++) {
            busiest = daily[each] > daily[busiest] ? each : busiest;
        }
        boolean isPeak = total > 0
                && daily[busiest] >= PEAK * mean
                && daily[busiest] - mean >= DEVIATIONS * Math.sqrt(mean)
                && isHabit(counts, from, busiest, mean / Math.max(1, days));
        return new Rhythm(
                days,
                total,
                total == 0 ? 0 : daily[busiest] / mean,
                isPeak ? begin(daily, busiest) : -1,
                trend(counts));
    }

    boolean isPeaking() {
        return peak >= 0;
    }

    private static int hourOfDay(long hour) {
        return (int) Math.floorMod(hour, (long) Demand.HOURS_A_DAY);
    }

    private static boolean isHabit(int[] counts, long from, int hourOfDay, double mean) {
        int busy = 0;
        int days = 0;
        for (int each = 0; each < counts.length; each++) {
            if (hourOfDay(from + each) == hourOfDay) {
                days++;
                busy += counts[each] > mean ? 1 : 0;
            }
        }
        return 2 * busy > days;
    }

    /** Goes back from the busiest hour for as long as it is half as busy. */
    private static int begin(long[] daily, int busiest) {
        int begin = busiest;
        for (int steps = 1; steps < daily.length; steps++) {
            int before = Math.floorMod(begin - 1, daily.length);
            if (2 * daily[before] < daily[busiest]) {
                break;
            }
            begin = before;
        }
        return begin;
    }

    private static double trend(int[] counts) {
        if (counts.length < 2 * WEEK) {
            return 0;
        }
        long before = sum(counts, counts.length - 2 * WEEK, counts.length - WEEK);
        long last = sum(counts, counts.length - WEEK, counts.length);
        return before == 0 ? 0 : (double) (last - before) / before;
    }

    private static long sum(int[] counts, int from, int to) {
        return Arrays.stream(counts, from, to).asLongStream().sum();
    }
}
