package io.llmnet.telemetry.gateway;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** The bounds of histograms: Nexus' own, and those that the semantic conventions advise. */
final class Buckets {
    private static final double NANOS = 1e9;

    private Buckets() {}

    static Duration[] ofRequests() {
        return seconds(.1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300);
    }

    static Duration[] ofFirstPieces() {
        return seconds(.05, .1, .5, 1, 5);
    }

    static Duration[] ofRouting() {
        return seconds(.00005, .0001, .00025, .0005, .001, .0025, .005, .01);
    }

    static double[] ofTokens() {
        return new double[] {10, 50, 100, 500, 1000, 4000, 8000, 16000, 32000, 64000, 128000};
    }

    static double[] ofCosts() {
        return new double[] {.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5};
    }

    static Duration[] ofGenAiOperations() {
        return seconds(.01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    }

    static Duration[] ofGenAiFirstTokens() {
        return seconds(.001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10);
    }

    static double[] ofGenAiTokens() {
        return DoubleStream.iterate(1, bound -> bound * 4).limit(14).toArray();
    }

    private static Duration[] seconds(double... bounds) {
        return DoubleStream.of(bounds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * NANOS)))
                .toArray(Duration[]::new);
    }
}
