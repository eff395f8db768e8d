package io.llmnet.cli;

import io.llmnet.settings.Doors;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.PoolSettings;
import io.llmnet.settings.PoolSettings.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** LLM Pool's doors: where they are open, by the command line and by the settings. */
final class PoolDoors {
    private static final String HTTP = "--http";
    private static final String GRPC = "--grpc";
    private static final String OFF = "off";
    private static final Door USUAL_HTTP = new Door("127.0.0.1", 7071);
    private static final Door USUAL_GRPC = new Door("127.0.0.1", 7070);

    private PoolDoors() {}

    /** Lets a command say where they are. */
    static void addTo(CommandSpec spec) {
        spec.addOption(door("Serve /v1/infer there; off for nowhere.", USUAL_HTTP, HTTP))
                .addOption(door("Serve gRPC there; off for nowhere.", USUAL_GRPC, GRPC));
    }

    private static OptionSpec door(String help, Door usual, String name) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel("ADDRESS")
                .converters(PoolDoors::checked)
                .description(help + " Default: what the settings say; where they name no door, " + usual + ".")
                .build();
    }

    private static String checked(String text) {
        if (text.equals(OFF) || Doors.read(text).isPresent()) {
            return text;
        }
        throw new TypeConversionException("'" + text + "' is not " + Doors.FORM + ", and not " + OFF);
    }

    /** The settings with the doors open: as the flags say, else as they say themselves, else where they usually are. */
    static GatewaySettings open(ParseResult line, GatewaySettings said) {
        PoolSettings pool = said.pool();
        boolean isSaid = pool.http() != null || pool.grpc() != null;
        return said.with(pool.with(
                door(line, HTTP, isSaid ? pool.http() : USUAL_HTTP),
                door(line, GRPC, isSaid ? pool.grpc() : USUAL_GRPC)));
    }

    /** The settings with the doors closed. */
    static GatewaySettings close(GatewaySettings said) {
        return said.with(said.pool().with(null, null));
    }

    private static @Nullable Door door(ParseResult line, String flag, @Nullable Door otherwise) {
        String text = line.matchedOptionValue(flag, (String) null);
        return text == null ? otherwise : Doors.read(text).orElse(null);
    }

    /** What is to be said of those that are open, and whose port is known. */
    static List<String> words(PoolSettings pool) {
        List<String> words = new ArrayList<>();
        if (pool.http() != null && pool.http().port() > 0) {
            words.add("tasks at http://" + reached(pool.http()) + "/v1/infer");
        }
        if (pool.grpc() != null && pool.grpc().port() > 0) {
            words.add("tasks over gRPC" + (pool.tls() == null ? "" : " with TLS") + " at " + reached(pool.grpc()));
        }
        return words;
    }

    /** The addresses on which they listen. */
    static List<String> hosts(PoolSettings pool) {
        return Stream.of(pool.http(), pool.grpc())
                .filter(Objects::nonNull)
                .map(Door::host)
                .toList();
    }

    /** Where this machine reaches who listens there. */
    private static Door reached(Door door) {
        return switch (door.host()) {
            case "0.0.0.0" -> new Door("127.0.0.1", door.port());
            case "::" -> new Door("::1", door.port());
            default -> door;
        };
    }
}
