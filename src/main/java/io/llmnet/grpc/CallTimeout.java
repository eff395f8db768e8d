package io.llmnet.grpc;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long the client of a gRPC call waits, as its header says: up to eight digits and a unit. */
final class CallTimeout {
    static final String HEADER = "grpc-timeout";

    private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

    private CallTimeout() {}

    /** Empty where it waits for ever. */
    static Optional<Duration> of(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher said = FORM.matcher(header);
        if (!said.matches()) {
            throw ChatException.in(
                    HEADER, Fault.BAD_REQUEST, "the header " + HEADER + " is no time; write it like 500m");
        }
        return Optional.of(Duration.of(Long.parseLong(said.group(1)), unit(said.group(2))));
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "H" -> ChronoUnit.HOURS;
            case "M" -> ChronoUnit.MINUTES;
            case "S" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MILLIS;
            case "u" -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
    }
}
