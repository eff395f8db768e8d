package io.llmnet.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as people write them: {@code 64MiB}, {@code 64M} (the same), {@code 512KiB}, {@code 1GiB}; a bare number is bytes. */
public final class Sizes {
    /** How an amount is written, for messages. */
    public static final String FORM = "an amount of bytes such as 512KiB or 64MiB";

    private static final Pattern SIZE = Pattern.compile("(?<amount>[0-9]{1,12}) ?(?:(?<unit>[KMG])(?:I?B)?|B)?");

    private Sizes() {}

    /** The amount in bytes; empty when it is none, or nothing at all. */
    public static Optional<Long> read(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = size.group("unit");
        int shift = unit == null ? 0 : 10 * ("KMG".indexOf(unit) + 1);
        long amount = Long.parseLong(size.group("amount"));
        return amount == 0 || amount > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(amount << shift);
    }
}
