package io.llmnet.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What serves a model, where it is no server that is there already.
 *
 * @param kind which program
 * @param place who says where it listens
 * @param source the model as the program knows it: a file, an address, a name of a hub; null where its own image has it
 * @param parameters what the program is told beside, in the order of the file
 * @param container how its container is run; null for none
 * @param token the key to the hub that has the model; never shown
 * @param readyTimeout how long it may take from its start until it answers
 */
public record Runner(
        Kind kind,
        Place place,
        @Nullable String source,
        List<Parameter> parameters,
        @Nullable Container container,
        @Nullable String token,
        Duration readyTimeout) {

    /** The programs that serve models, by the names that files call them. */
    public enum Kind {
        OLLAMA(11_434, true, 120),
        VLLM(8000, true, 600),
        LLAMA_CPP(8080, true, 120),
        DOCKER(8080, false, 120),
        TENSORRT_LLM(8000, false, 600);

        private final int port;
        private final boolean isStarted;
        private final int readySeconds;

        Kind(int port, boolean isStarted, int readySeconds) {
            this.port = port;
            this.isStarted = isStarted;
            this.readySeconds = readySeconds;
        }

        /** The kind of that name in a file. */
        public static Optional<Kind> of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }

        /** Its name in files: {@code llama-cpp}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Where it listens when nobody says otherwise. */
        public int port() {
            return port;
        }

        /** Whether we start it ourselves. */
        public boolean isStarted() {
            return isStarted;
        }

        /** How long it may take to be ready when nobody says otherwise. */
        public Duration readyTimeout() {
            return Duration.ofSeconds(readySeconds);
        }
    }

    /** Who says where a program listens. */
    public enum Place {
        /** Nobody: on this machine, on its usual port or the next that is free. */
        FREE,
        /** The file, and it is on this machine. */
        FIXED,
        /** The file, and it is not for us to start anything there. */
        ELSEWHERE
    }

    /**
     * One thing that a program is told.
     *
     * @param key as it was written
     * @param values as they were written; several where the file has a list
     * @param isSwitch whether it is true or false, and nothing else
     */
    public record Parameter(String key, List<String> values, boolean isSwitch) {
        public Parameter {
            values = List.copyOf(values);
        }

        /** Whether it is a switch that is off. */
        public boolean isOff() {
            return isSwitch && values.equals(List.of("false"));
        }
    }

    public Runner {
        parameters = List.copyOf(parameters);
    }

    /** Whether a pipeline with it makes us start a program. */
    public boolean isStarted() {
        return kind.isStarted() && place != Place.ELSEWHERE;
    }

    /** Its kind and source alone, for parameters and tokens may be secrets. */
    @Override
    public String toString() {
        return kind.label() + (source == null ? "" : " " + source);
    }
}
