package io.llmnet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The calculator of the guide, word for word but for its ports, and as its last chapters extend it. */
final class HookPipelines {
    private static final Path CALCULATOR = Path.of("src/test/resources/pipelines/multiplication-calculator.json");

    private static final String LOG = """
            "functions": {
                "log-calculation": {
                  "type": "rest",
                  "method": "POST",
                  "url": "http://localhost:8091/log",
                  "body": {
                    "input": "$INPUT",
                    "output": "$OUTPUT",
                    "node": "$NODE",
                    "timestamp": "$TIMESTAMP"
                  }
                },""";

    private HookPipelines() {}

    static Map<String, String> all(URI server) {
        String guide = text().replaceAll("http://localhost:(8090|11434)", server.toString());
        String logging = guide.replace("\"functions\": {", LOG.replace("http://localhost:8091", server.toString()))
                .replace("\"post\": [", "\"post\": [{\"function\": \"log-calculation\", \"mode\": \"observe\"},");
        String choosy =
                guide.replace("\"on_failure\": \"abort\"", "\"on_failure\": \"abort\", \"if\": \"$WORD_COUNT >= 3\"");
        return Map.of("calculator", guide, "calculator-logging", logging, "calculator-choosy", choosy);
    }

    private static String text() {
        try {
            return Files.readString(CALCULATOR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
