package io.llmnet.routing.sim;

import java.util.ArrayDeque;
import java.util.Queue;

/** A model server: works on so many requests at once, and lets the others wait in its own line. */
final class Server {
    private final String name;
    private final int slots;
    private final double firstMillis;
    private final double wholeMillis;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int working;
    private double downFrom = Double.POSITIVE_INFINITY;
    private double downUntil = Double.POSITIVE_INFINITY;

    /** One that takes so long on average to its first piece, and to its last, once it has begun. */
    Server(String name, int slots, double firstMillis, double wholeMillis) {
        this.name = name;
        this.slots = slots;
        this.firstMillis = firstMillis;
        this.wholeMillis = wholeMillis;
    }

    /** It refuses everybody for a while. */
    Server down(double fromMillis, double untilMillis) {
        downFrom = fromMillis;
        downUntil = untilMillis;
        return this;
    }

    String name() {
        return name;
    }

    int slots() {
        return slots;
    }

    boolean isDown(double nowMillis) {
        return nowMillis >= downFrom && nowMillis < downUntil;
    }

    double firstMillis() {
        return firstMillis;
    }

    double wholeMillis() {
        return wholeMillis;
    }

    void take(Runnable work) {
        if (working < slots) {
            working++;
            work.run();
        } else {
            waiting.add(work);
        }
    }

    void finish() {
        Runnable next = waiting.poll();
        if (next == null) {
            working--;
        } else {
            next.run();
        }
    }
}
