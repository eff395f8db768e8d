package io.llmnet.runner.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds programs by their names, as a shell does. */
public final class SearchPath {
    private static final Pattern BETWEEN = Pattern.compile(Pattern.quote(File.pathSeparator));

    private SearchPath() {}

    /** The first program of that name on the environment's {@code PATH}. */
    public static Optional<String> find(String program, UnaryOperator<@Nullable String> environment) {
        String path = environment.apply("PATH");
        return (path == null ? Stream.<String>empty() : BETWEEN.splitAsStream(path))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program).toAbsolutePath())
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .map(Path::toString)
                .findFirst();
    }
}
