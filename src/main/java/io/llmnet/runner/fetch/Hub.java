package io.llmnet.runner.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hub that {@code hf://org/repo/file} names a file of.
 *
 * @param root its address, without a slash at its end
 * @param token the key to it; null for what is open to all
 */
public record Hub(String root, @Nullable String token) {
    private static final String USUAL = "https://huggingface.co";
    private static final Pattern SCHEME = Pattern.compile("(?i)(hf|huggingface)://(.*)");

    /** The one of the environment, {@code HF_ENDPOINT}, with the key given, or its {@code HF_TOKEN}. */
    public static Hub of(UnaryOperator<@Nullable String> environment, @Nullable String token) {
        String root = set(environment.apply("HF_ENDPOINT"), USUAL);
        String known = set(environment.apply("HF_TOKEN"), set(environment.apply("HUGGING_FACE_HUB_TOKEN"), ""));
        String chosen = set(token, known);
        return new Hub(root.replaceAll("/+$", ""), chosen.isEmpty() ? null : chosen);
    }

    private static String set(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    /** Whether a source is on another machine. */
    public static boolean isRemote(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        return SCHEME.matcher(source).matches() || lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** The repository of a source that names no file in it, {@code hf://org/repo} or {@code org/repo}; null when it does. */
    public static @Nullable String repository(String source) {
        Matcher schemed = SCHEME.matcher(source);
        String name = schemed.matches() ? schemed.group(2) : source;
        return name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*/[A-Za-z0-9_.:-]+") && !name.endsWith(".gguf") ? name : null;
    }

    /** The address of a remote source. */
    public URI url(String source) throws IOException {
        Matcher schemed = SCHEME.matcher(source);
        String written = source;
        if (schemed.matches()) {
            String[] parts = schemed.group(2).split("/", 3);
            if (parts.length < 3 || parts[2].isEmpty()) {
                throw new IOException(source + " names no file; write hf://org/repo/file.gguf");
            }
            written = root + "/" + parts[0] + "/" + parts[1] + "/resolve/main/" + parts[2];
        }
        try {
            return new URI(written.replace(" ", "%20"));
        } catch (URISyntaxException wrong) {
            throw new IOException(source + " is not an address; write hf://org/repo/file.gguf", wrong);
        }
    }

    /** Whether the key is for that address. */
    boolean isHome(URI url) {
        return url.toString().startsWith(root + "/");
    }
}
