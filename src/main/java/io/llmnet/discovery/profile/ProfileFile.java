package io.llmnet.discovery.profile;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Paths;
import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the file of one profile. */
final class ProfileFile {
    private static final int USUAL_RANK = 60;
    private static final Pointer WHOLE = Objects.requireNonNull(Pointer.parse(""));

    private final Section top;

    private ProfileFile(Section top) {
        this.top = top;
    }

    /** Understands one; null when it cannot be used, and a problem says why. */
    static @Nullable Profile read(String file, String text, Problems problems) {
        Section top = Document.read(file, text, problems)
                .map(document -> Section.top(document, problems, name -> null))
                .orElse(null);
        Profile profile = top == null ? null : new ProfileFile(top.as(ProfileForm.FILE)).profile();
        return problems.hasErrors() ? null : profile;
    }

    private @Nullable Profile profile() {
        String kind = top.required("kind");
        Backend.Speaks speaks = word("speaks", Backend.Speaks.class);
        Profile.Place place = word("place", Profile.Place.class);
        Integer rank = top.integer("rank", 0, ProfileForm.MOST_RANK);
        Section models = top.section("models");
        Section loaded = top.section("loaded");
        Section details = top.section("details");
        Listing list = models == null ? null : listing(models);
        if (models == null) {
            top.problems().error(top.place(), "", "the key \"models\" is missing; add it");
        }
        List<Mark> marks = each("fingerprint", this::mark);
        List<ServerPage> server = each("server", this::server);
        List<Step> load = each("load", this::step);
        List<Step> unload = each("unload", this::step);
        List<NameRule> names = each("names", this::rule);
        Set<String> aliases = new LinkedHashSet<>(texts(top, "aliases"));
        Set<String> hosts = new LinkedHashSet<>(texts(top, "hosts"));
        List<Integer> ports = ports();
        Paths paths = paths(top.section("paths"), Paths.of(speaks));
        String health = top.text("health");
        Listing memory = loaded == null ? null : listing(loaded);
        Details more = details == null ? null : details(details);
        top.close();
        if (kind == null || list == null) {
            return null;
        }
        return new Profile(
                kind,
                aliases,
                speaks,
                place,
                rank == null ? USUAL_RANK : rank,
                ports,
                hosts,
                paths,
                marks,
                health,
                list,
                more,
                memory,
                server,
                load,
                unload,
                names);
    }

    private <E extends Enum<E>> E word(String key, Class<E> words) {
        E[] all = Objects.requireNonNull(words.getEnumConstants());
        String said = top.required(key);
        for (E one : all) {
            if (said == null || one.name().toLowerCase(Locale.ROOT).equals(said)) {
                return one;
            }
        }
        top.error(key, "must be one of " + String.join(", ", lower(all)));
        return all[0];
    }

    private static List<String> lower(Enum<?>[] words) {
        return List.of(words).stream()
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        for (Value item : top.items("ports")) {
            Integer port = item instanceof Value.Numeral numeral ? Section.whole(numeral.digits()) : null;
            if (port == null || port < 1 || port > ProfileForm.LARGEST_PORT) {
                top.problems().error(item.place(), top.path("ports"), "must be ports from 1 to 65535");
            } else {
                ports.add(port);
            }
        }
        return ports;
    }

    private <T> List<T> each(String key, Function<Section, @Nullable T> reader) {
        List<T> all = new ArrayList<>();
        for (Section section : top.list(key)) {
            T one = reader.apply(section);
            section.close();
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private static Paths paths(@Nullable Section said, Paths usual) {
        if (said == null) {
            return usual;
        }
        String chat = or(said.text("chat"), usual.chat());
        Paths paths = new Paths(
                chat,
                or(said.text("stream"), said.has("chat") ? chat : usual.stream()),
                or(said.text("completions"), usual.completions()),
                or(said.text("embeddings"), usual.embeddings()));
        said.close();
        return paths;
    }

    private static String or(@Nullable String said, String usual) {
        return said == null ? usual : said;
    }

    private @Nullable Mark mark(Section said) {
        String path = said.required("path");
        Mark mark = new Mark(path == null ? "/" : path, said.text("header"), said.text("text"), claims(said, "fields"));
        if (mark.header() == null && mark.text() == null && mark.fields().isEmpty()) {
            said.problems().error(said.place(), said.path(), "tells nothing apart; add a header, a text or fields");
        }
        return path == null ? null : mark;
    }

    private Listing listing(Section said) {
        String path = said.required("path");
        Pointer list = pointer(said, "list");
        Pointer id = pointer(said, "id");
        Listing listing = new Listing(
                path == null ? "/" : path,
                list == null ? WHOLE : list,
                id == null ? WHOLE : id,
                or(said.text("strip"), ""),
                facts(said.section("facts")));
        said.close();
        return listing;
    }

    private Details details(Section said) {
        String path = said.required("path");
        Details details = new Details(path == null ? "/" : path, body(said), facts(said.section("facts")));
        said.close();
        return details;
    }

    private @Nullable ServerPage server(Section said) {
        String path = said.required("path");
        ServerPage page = new ServerPage(
                path == null ? "/" : path,
                pointer(said, "slots"),
                pointer(said, "version"),
                facts(said.section("facts")));
        return path == null ? null : page;
    }

    private @Nullable Step step(Section said) {
        String path = said.required("post");
        Step step = new Step(
                path == null ? "/" : path,
                body(said),
                pointer(said, "done"),
                pointer(said, "total"),
                Boolean.TRUE.equals(said.truth("wait")));
        return path == null ? null : step;
    }

    private @Nullable NameRule rule(Section said) {
        Integer context = said.integer("context", 1, ProfileForm.MOST_TOKENS);
        Integer output = said.integer("max-output", 1, ProfileForm.MOST_TOKENS);
        Capabilities known = new Capabilities(
                context == null ? 0 : context,
                output == null ? 0 : output,
                ability(said, "vision"),
                ability(said, "tools"),
                ability(said, "json"),
                ability(said, "embeddings"),
                ability(said, "reasoning"));
        return new NameRule(texts(said, "like"), known);
    }

    private static Ability ability(Section said, String key) {
        Boolean holds = said.truth(key);
        return holds == null ? Ability.UNKNOWN : Ability.of(holds);
    }

    private static Facts facts(@Nullable Section said) {
        if (said == null) {
            return Facts.NONE;
        }
        Facts facts = new Facts(
                pointers(said, "context"),
                pointers(said, "max-output"),
                pointers(said, "size"),
                pointers(said, "created"),
                claims(said, "vision"),
                claims(said, "tools"),
                claims(said, "json"),
                claims(said, "embeddings"),
                claims(said, "reasoning"),
                claims(said, "loaded"));
        said.close();
        return facts;
    }

    /** What is posted: a flat map. */
    private static Map<String, Object> body(Section said) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!(said.find("body") instanceof Value.Mapping mapping)) {
            return body;
        }
        for (Value.Entry entry : mapping.entries()) {
            Integer number = entry.value() instanceof Value.Numeral numeral ? Section.whole(numeral.digits()) : null;
            if (entry.value() instanceof Value.Text text) {
                body.put(entry.name(), text.text());
            } else if (entry.value() instanceof Value.Truth truth) {
                body.put(entry.name(), truth.holds());
            } else if (number != null) {
                body.put(entry.name(), number);
            } else {
                said.problems()
                        .error(entry.place(), said.path("body"), "must have texts, whole numbers and truths only");
            }
        }
        return body;
    }

    private static @Nullable Pointer pointer(Section said, String key) {
        String text = said.text(key);
        Pointer pointer = text == null ? null : Pointer.parse(text);
        if (text != null && pointer == null) {
            said.error(key, "must be a place such as /data/0/id");
        }
        return pointer;
    }

    private static List<Pointer> pointers(Section said, String key) {
        return parsed(said, key, Pointer::parse, "must be places such as /data/0/id");
    }

    private static List<Claim> claims(Section said, String key) {
        return parsed(said, key, Claim::parse, "must be of the form " + Claim.FORM);
    }

    private static <T> List<T> parsed(
            Section said, String key, Function<String, @Nullable T> parser, String complaint) {
        List<T> all = new ArrayList<>();
        for (String text : texts(said, key)) {
            T one = parser.apply(text);
            if (one == null) {
                said.error(key, complaint);
            } else {
                all.add(one);
            }
        }
        return all;
    }

    private static List<String> texts(Section said, String key) {
        List<String> texts = new ArrayList<>();
        for (Value item : said.items(key)) {
            if (item instanceof Value.Text text) {
                texts.add(text.text());
            } else {
                said.error(key, "must be a list of texts; put " + item.kind() + " in quotes");
            }
        }
        return texts;
    }
}
