package io.llmnet.settings;

import io.llmnet.config.Section;
import io.llmnet.settings.PoolSettings.Door;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where to listen: {@code 127.0.0.1:7071}, {@code [::1]:7071}, {@code :7071} or {@code 7071}. */
public final class Doors {
    /** How such a place is written, for messages. */
    public static final String FORM = "an address such as 127.0.0.1:7071, or a port";

    /** Where nobody says, only this machine comes in. */
    private static final String HOME = "127.0.0.1";

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(?<host>[\\w.-]+|\\[[0-9a-fA-F:.%\\w]+])?:)?(?<port>[0-9]{1,5})");

    private Doors() {}

    /** The place; empty when it is none. */
    public static Optional<Door> read(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        Integer port = written.matches() ? Section.whole(written.group("port")) : null;
        if (port == null || port > Vocabulary.LARGEST_PORT) {
            return Optional.empty();
        }
        String host = written.group("host");
        boolean isBracketed = host != null && host.startsWith("[");
        return Optional.of(new Door(
                host == null ? HOME : isBracketed ? host.substring(1, host.length() - 1) : host, port));
    }
}
