package io.llmnet.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Price;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What models of clouds cost where no file says it. */
final class Prices {
    /** By exact name; nothing else is known of them here. */
    static final Map<String, ModelFacts> LISTED = listed();

    private static final String FILE = "/settings/prices.txt";

    private Prices() {}

    private static Map<String, ModelFacts> listed() {
        Pattern spaces = Pattern.compile(" +");
        try (InputStream file = Prices.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in this program");
            }
            return new BufferedReader(new InputStreamReader(file, UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(spaces::split)
                    .collect(Collectors.toUnmodifiableMap(
                            words -> words[0],
                            words -> new ModelFacts(
                                    Capabilities.UNKNOWN,
                                    new Price(Double.parseDouble(words[1]), Double.parseDouble(words[2])))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
