package io.llmnet.gateway.ledger;

import java.util.Arrays;

/** How often one model was asked for, hour by hour, over the last 14 days and the hour that is not over. */
final class Demand {
    static final int DAYS = 14;
    static final int HOURS_A_DAY = 24;
    private static final int SPAN = (DAYS + 1) * HOURS_A_DAY;

    private final int[] counts = new int[SPAN];
    private long first;
    private long newest;

    /** Of a model that was first asked for in this hour, counted from 1970. */
    Demand(long hour) {
        this.first = hour;
        this.newest = hour;
    }

    synchronized void add(long hour) {
        advance(hour);
        if (hour > newest - SPAN) {
            counts[at(hour)]++;
        }
    }

    /** Whole days before this hour of which something is known, up to 14. */
    synchronized int days(long hour) {
        return (int) Math.min(DAYS, Math.max(0, (hour - first) / HOURS_A_DAY));
    }

    /** What was counted in the hours from one up to, and without, another. */
    synchronized int[] between(long from, long to) {
        int[] counted = new int[(int) (to - from)];
        for (long hour = Math.max(from, newest - SPAN + 1); hour < Math.min(to, newest + 1); hour++) {
            counted[(int) (hour - from)] = counts[at(hour)];
        }
        return counted;
    }

    /** Whether nothing of it counts any more. */
    synchronized boolean isOver(long hour) {
        return hour - newest >= SPAN;
    }

    synchronized long first() {
        return Math.max(first, newest - SPAN + 1);
    }

    synchronized long newest() {
        return newest;
    }

    /** Puts back what was counted in an hour. */
    synchronized void restore(long hour, int count) {
        advance(hour);
        counts[at(hour)] = count;
    }

    private void advance(long hour) {
        if (hour - newest >= SPAN) {
            Arrays.fill(counts, 0);
            first = hour;
            newest = hour;
        }
        while (newest < hour) {
            newest++;
            counts[at(newest)] = 0;
        }
    }

    private static int at(long hour) {
        return (int) Math.floorMod(hour, (long) SPAN);
    }
}
