package io.llmnet.config;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a map's keys when all that is understood has been asked for, and tells what is old, unknown or of no effect. */
final class Leftovers {
    private final String path;
    private final Value.Mapping mapping;
    private final Problems problems;
    private final @Nullable Form form;
    private final Set<String> asked;

    Leftovers(String path, Value.Mapping mapping, Problems problems, @Nullable Form form, Set<String> asked) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
        this.form = form;
        this.asked = asked;
    }

    void tell() {
        for (Value.Entry entry : mapping.entries()) {
            Key key = form == null ? null : form.find(entry.name());
            if (key != null) {
                known(entry, key);
            } else if (form == null && !asked.contains(entry.name())) {
                warn(entry, "unknown key", guess(entry.name(), asked));
            } else if (form != null) {
                unknown(entry, form);
            }
        }
    }

    private void known(Value.Entry entry, Key key) {
        boolean says = !(entry.value() instanceof Value.Nothing);
        if (key.isLater()) {
            warn(entry, "the key", "has no effect in this release; it comes in a later one");
        } else if (key.successor() != null && says) {
            warn(entry, "old key", "write \"" + key.successor() + "\"");
        } else if (!key.isNoted() && !asked.contains(entry.name())) {
            warn(entry, "the key", "has no effect here; take it out");
        }
    }

    private void unknown(Value.Entry entry, Form known) {
        Optional<Key> renamed = known.once(entry.name());
        if (renamed.isPresent()) {
            String now = renamed.get().name();
            boolean both = mapping.find(now) != null;
            warn(
                    entry,
                    "old key",
                    both ? "it has no effect beside \"" + now + "\"; take it out" : "write \"" + now + "\"");
            return;
        }
        warn(
                entry,
                "unknown key",
                known.elsewhere(entry.name())
                        .map(key -> "write \"" + key.name() + "\"")
                        .orElseGet(() -> guess(entry.name(), known.names())));
    }

    private static String guess(String word, Collection<String> known) {
        return Spelling.nearest(word, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElse("it has no effect");
    }

    private void warn(Value.Entry entry, String what, String mend) {
        String between = what.startsWith("the") ? " " : "; ";
        problems.warning(entry.place(), path, what + " \"" + Paths.shortened(entry.name()) + "\"" + between + mend);
    }
}
