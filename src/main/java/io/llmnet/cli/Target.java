package io.llmnet.cli;

import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import io.llmnet.config.Value;
import io.llmnet.quickstart.Household;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that a command asks.
 *
 * @param root where callers reach it, without {@code /v1} and with no slash at its end
 * @param origin who said so, for the message when nobody answers there
 */
record Target(URI root, String origin) {
    /** The variable that names the server. */
    static final String VARIABLE = "LLMNET_SERVER";

    private static final List<String> FILES = List.of("llmnet.yaml", "llmnet.yml", "nexus.toml");
    private static final Pattern SERVER =
            Pattern.compile("(?ms)^\\s*\\[\\s*server\\s*][^\\n]*\\n(.*?)(?=^\\s*\\[|\\z)");
    private static final Pattern TOML_PORT = Pattern.compile("(?m)^\\s*port\\s*=\\s*(\\d{1,5})\\b");
    private static final Pattern TOML_HOST = Pattern.compile("(?m)^\\s*host\\s*=\\s*[\"']([^\"'\\n]+)[\"']");
    private static final Pattern END = Pattern.compile("(?<![/:])(/v1)?/*$");

    /**
     * The first of: the one named, the environment's, that of the settings file, the one that runs on this machine, and the
     * place where one would listen if nobody said otherwise.
     *
     * @param named by {@code --server}; null where it was not
     * @param settings the file that {@code --config} names; null for the one that is here
     * @throws CommandException when what was named is no address, or several servers run and none is named
     */
    static Target find(@Nullable String named, @Nullable String settings, UnaryOperator<@Nullable String> environment) {
        if (named != null) {
            return new Target(root(named, "--server"), "--server");
        }
        String set = environment.apply(VARIABLE);
        if (set != null && !set.isBlank()) {
            return new Target(root(set.strip(), "$" + VARIABLE), "$" + VARIABLE);
        }
        return file(settings).flatMap(Target::told).orElseGet(() -> running(environment));
    }

    private static Target running(UnaryOperator<@Nullable String> environment) {
        List<Running> all = new Servers(Household.of(environment)).all();
        if (all.size() > 1) {
            throw new CommandException("several servers run on this machine; name one with --server: "
                    + all.stream().map(server -> server.root().toString()).collect(Collectors.joining(", ")));
        }
        return all.stream()
                .findFirst()
                .map(server -> new Target(server.root(), "a server that runs on this machine"))
                .orElseGet(() -> new Target(
                        at(RunOptions.DEFAULT_HOST, RunOptions.DEFAULT_PORT),
                        "the usual place, for there is neither --server nor $" + VARIABLE + " nor a settings file"));
    }

    private static URI root(String named, String who) {
        String bare = END.matcher(named).replaceFirst("");
        try {
            URI root = URI.create(bare.contains("://") ? bare : "http://" + bare);
            if (root.getHost() != null && ("http".equals(root.getScheme()) || "https".equals(root.getScheme()))) {
                return root;
            }
        } catch (IllegalArgumentException malformed) {
            throw new CommandException(notAnAddress(named, who), malformed);
        }
        throw new CommandException(notAnAddress(named, who));
    }

    private static String notAnAddress(String named, String who) {
        return who + " " + named + " is no address; write it as http://127.0.0.1:" + RunOptions.DEFAULT_PORT;
    }

    private static Optional<Path> file(@Nullable String named) {
        if (named == null) {
            return FILES.stream().map(Path::of).filter(Files::isRegularFile).findFirst();
        }
        if (!Files.isRegularFile(Path.of(named))) {
            throw new CommandException("no such file: " + named);
        }
        return Optional.of(Path.of(named));
    }

    /** What a settings file says of where its server listens; whether all of it is right is not asked here. */
    private static Optional<Target> told(Path file) {
        try {
            String text = Files.readString(file);
            return (file.toString().endsWith(".toml") ? toml(text) : yaml(file, text))
                    .map(root -> new Target(root, file.toString()));
        } catch (IOException unreadable) {
            throw new CommandException("cannot read " + file + ": it may not be readable for you", unreadable);
        }
    }

    private static Optional<URI> yaml(Path file, String text) {
        return Document.read(file.toString(), text, new Problems())
                .map(top -> inside(top, "listen"))
                .flatMap(listen -> scalar(inside(listen, "port"))
                        .filter(port -> port.matches("\\d{1,5}"))
                        .map(port -> at(scalar(inside(listen, "host")).orElse(""), Integer.parseInt(port))));
    }

    private static Optional<URI> toml(String text) {
        Matcher server = SERVER.matcher(text);
        if (!server.find()) {
            return Optional.empty();
        }
        return match(TOML_PORT, server.group(1))
                .map(port -> at(match(TOML_HOST, server.group(1)).orElse(""), Integer.parseInt(port)));
    }

    private static Optional<String> match(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static @Nullable Value inside(@Nullable Value value, String key) {
        return value instanceof Value.Mapping mapping ? mapping.find(key) : null;
    }

    private static Optional<String> scalar(@Nullable Value value) {
        if (value instanceof Value.Numeral numeral) {
            return Optional.of(numeral.digits());
        }
        return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** Where a server that listens there is reached from this machine: one that listens everywhere does so here too. */
    private static URI at(String host, int port) {
        boolean isEverywhere = Stream.of("", "0.0.0.0", "::", "[::]").anyMatch(host::equals) || host.startsWith("$");
        String place = isEverywhere ? RunOptions.DEFAULT_HOST : host;
        return URI.create(
                "http://" + (place.contains(":") && !place.startsWith("[") ? "[" + place + "]" : place) + ":" + port);
    }
}
