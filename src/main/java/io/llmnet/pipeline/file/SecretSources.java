package io.llmnet.pipeline.file;

import io.llmnet.config.Place;
import io.llmnet.config.Problems;
import io.llmnet.config.References;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.pipeline.Secret;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sources of secrets that a file declares, read when the file first refers to them.
 *
 * <p>What comes of a reference stands in the file's values from then on: a secret that changes is put in by reading the
 * file again, so that no request has to look for it.
 */
final class SecretSources implements References {
    /** Stands for what is not known; it is visible, and an address, so that no second complaint follows. */
    private static final String PLACEHOLDER = "http://secret.invalid";

    private final String file;
    private final Secrets secrets;
    private final Problems problems;
    private final Map<String, Section> declared = new LinkedHashMap<>();
    private final Map<String, Secret> sources = new HashMap<>();
    private final Map<String, Optional<Map<String, String>>> read = new HashMap<>();
    private final Set<Secret> used = new LinkedHashSet<>();

    SecretSources(String file, Secrets secrets, Problems problems) {
        this.file = file;
        this.secrets = secrets;
        this.problems = problems;
    }

    /** Takes what a composition declares; from then on its values may refer to it. */
    void declare(Section composition) {
        Section named = composition.section("secrets");
        if (named != null) {
            named.sections().forEach((name, form) -> {
                declared.put(name, form);
                Secret source = SecretForm.read(form, file);
                if (source != null) {
                    sources.put(name, source);
                }
            });
        }
        composition.refer(this);
    }

    /** Tells of sources that nobody refers to and that are not there. */
    void close() {
        sources.forEach((name, source) -> {
            if (!read.containsKey(name) && !(source instanceof Secret.Vault)) {
                values(name, source, false);
            }
        });
    }

    /** The sources that the file refers to. */
    Set<Secret> used() {
        return used;
    }

    @Override
    public Optional<String> value(Place place, String path, String name, String variable) {
        if (!declared.containsKey(name)) {
            String mend =
                    declared.isEmpty() ? "declare it under \"secrets\"" : Spelling.advice(name, declared.keySet());
            problems.error(place, path, "there is no source of secrets \"" + name + "\"; " + mend);
            return Optional.empty();
        }
        Secret source = sources.get(name);
        if (source == null) {
            return Optional.of(PLACEHOLDER);
        }
        used.add(source);
        Optional<Map<String, String>> values = read.get(name);
        if (values == null) {
            values = values(name, source, true);
            read.put(name, values);
        }
        if (values.isEmpty()) {
            return Optional.of(PLACEHOLDER);
        }
        String value = values.get().get(variable);
        if (value == null) {
            Set<String> known = values.get().keySet();
            problems.error(
                    place,
                    path,
                    "the source of secrets \"" + name + "\" has no \"" + variable + "\"; "
                            + Spelling.advice(variable, known.stream().sorted().toList()));
        }
        return Optional.ofNullable(value);
    }

    private Optional<Map<String, String>> values(String name, Secret source, boolean needed) {
        if (secrets.onTrial() && source instanceof Secret.Vault) {
            return Optional.empty();
        }
        try {
            return Optional.of(secrets.values(source));
        } catch (SecretUnavailable unavailable) {
            Section form = declared.get(name);
            if (form != null) {
                String message = String.valueOf(unavailable.getMessage());
                if (needed && !secrets.onTrial()) {
                    problems.error(form.place(), form.path(), message);
                } else {
                    problems.warning(form.place(), form.path(), message);
                }
            }
            return Optional.empty();
        }
    }
}
