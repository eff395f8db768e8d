package io.llmnet.runner;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** How a program is started. */
interface Recipe {
    /**
     * What to run, with all in place that it needs; may take as long as a download.
     *
     * @param place where it shall listen
     */
    Launch launch(URI place) throws RunnerFailure, InterruptedException;

    /**
     * A program to be started.
     *
     * @param environment beside our own
     * @param probes the paths that answer 200 once it is ready
     */
    record Launch(List<String> command, Map<String, String> environment, List<String> probes) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            probes = List.copyOf(probes);
        }
    }

    /** The address that a program is told to listen on. */
    static String host(URI place) {
        String host = place.getHost().replaceAll("[\\[\\]]", "");
        return host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
    }
}
