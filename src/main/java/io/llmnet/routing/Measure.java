package io.llmnet.routing;

/** One way to say who is better. */
interface Measure {
    /** Gives each offer of a line its key, the best the least. */
    void measure(Line line);

    /** Why somebody stands where it stands, for people. */
    String reason(Line line, int at, boolean isFirst);

    /** Whether one is so little worse than the best that a conversation may return to it. */
    default boolean isNear(Line line, int at, int best) {
        return true;
    }

    static Measure of(Rules rules) {
        return switch (rules.strategy()) {
            case SMART -> new Smart(rules.weights(), rules.quality());
            case ROUND_ROBIN -> new RoundRobin();
            case PRIORITY_ONLY -> new ByPriority();
            case RANDOM -> new ByChance();
            case LEAST_BUSY -> new LeastBusy();
            case LATENCY -> new ByLatency();
        };
    }

    /** Everybody in turn, by weight. */
    final class RoundRobin implements Measure {
        @Override
        public void measure(Line line) {
            // All are equal, and equals take turns.
        }

        @Override
        public String reason(Line line, int at, boolean isFirst) {
            return "round_robin:index_" + at;
        }
    }

    /** As somebody has said. */
    final class ByPriority implements Measure {
        @Override
        public void measure(Line line) {
            for (int i = 0; i < line.size(); i++) {
                line.key(i, priority(line, i));
            }
        }

        @Override
        public String reason(Line line, int at, boolean isFirst) {
            return "priority:" + line.name(at) + ":" + priority(line, at);
        }

        @Override
        public boolean isNear(Line line, int at, int best) {
            return priority(line, at) <= priority(line, best);
        }

        private static int priority(Line line, int at) {
            return line.offer(at).member().said().priority();
        }
    }

    /** By lot and weight: the least of exponential times whose rates are the weights (Efraimidis and Spirakis, 2006). */
    final class ByChance implements Measure {
        @Override
        public void measure(Line line) {
            for (int i = 0; i < line.size(); i++) {
                line.key(i, -Math.log(1 - line.random().nextDouble()) / line.weight(i));
            }
        }

        @Override
        public String reason(Line line, int at, boolean isFirst) {
            return "random:" + line.name(at);
        }
    }

    /** Who has the least to do for what it may do at once. */
    final class LeastBusy implements Measure {
        @Override
        public void measure(Line line) {
            for (int i = 0; i < line.size(); i++) {
                line.key(i, line.busy(i));
            }
        }

        @Override
        public String reason(Line line, int at, boolean isFirst) {
            return "least_busy:" + line.name(at) + ":" + line.load(at).inFlight();
        }
    }
}
