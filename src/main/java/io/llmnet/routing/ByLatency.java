package io.llmnet.routing;

/**
 * The better of two taken by lot, each by its mean time to the first piece times the requests that would share it.
 *
 * <p>Two choices come exponentially closer to an even load than one, and unlike the best of all they send no herd after
 * one backend (M. Mitzenmacher, <i>The Power of Two Choices in Randomized Load Balancing</i>, IEEE TPDS 12(10), 2001). The
 * cost is that of Finagle's Peak EWMA balancer, without its peaks: the first piece of a long prompt takes long at a good
 * backend too. The first lot falls by speed: with two even ones, the slow would meet so often that they are overrun while
 * the fast idle; with two by speed, a small error of it would count twice. The simulation showed both.
 */
final class ByLatency implements Measure {
    /** A wait that nobody feels. */
    private static final double UNFELT_MILLIS = 100;

    @Override
    public void measure(Line line) {
        double[] speeds = new double[line.size()];
        double usual = known(line, speeds);
        double all = 0;
        for (int i = 0; i < speeds.length; i++) {
            double perPiece = (speeds[i] > 0 ? speeds[i] : usual) / line.weight(i);
            line.key(i, perPiece * (line.load(i).inFlight() + 1));
            speeds[i] = 1 / perPiece;
            all += speeds[i];
        }
        int one = drawn(line, speeds, all);
        int step = line.size() == 1 ? 0 : 1 + line.random().nextInt(line.size() - 1);
        int other = (one + step) % line.size();
        line.key(line.key(one) <= line.key(other) ? one : other, -1);
    }

    private static int drawn(Line line, double[] speeds, double all) {
        double left = line.random().nextDouble() * all;
        int at = 0;
        while (at < speeds.length - 1 && left >= speeds[at]) {
            left -= speeds[at];
            at++;
        }
        return at;
    }

    /** Fills in what each takes, and says what is usual, so that one that is new is neither shunned nor overrun. */
    private static double known(Line line, double[] millis) {
        double sum = 0;
        int known = 0;
        for (int i = 0; i < millis.length; i++) {
            millis[i] = millis(line, i);
            sum += millis[i];
            known += millis[i] > 0 ? 1 : 0;
        }
        return known == 0 ? 1 : sum / known;
    }

    private static double millis(Line line, int at) {
        return line.offer(at).pulse().firstPieces().expectedMillis(line.nowNanos());
    }

    @Override
    public String reason(Line line, int at, boolean isFirst) {
        return "latency:" + line.name(at) + ":" + Math.round(millis(line, at));
    }

    @Override
    public boolean isNear(Line line, int at, int best) {
        return millis(line, at) <= 2 * Math.max(UNFELT_MILLIS, millis(line, best));
    }
}
