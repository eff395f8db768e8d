package io.llmnet.settings;

import io.llmnet.config.Section;
import io.llmnet.council.CouncilReader;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the ensembles of llmnet.yaml, and looks at how their names meet others. */
final class EnsembleReader {
    private final Map<String, String> aliases;
    private final Map<String, Council> ensembles = new LinkedHashMap<>();

    private EnsembleReader(Map<String, String> aliases) {
        this.aliases = aliases;
    }

    /**
     * All of them, by name.
     *
     * @param aliases what other names stand for
     * @param backends those that are listed
     */
    static Map<String, Council> read(@Nullable Section section, Map<String, String> aliases, List<Listed> backends) {
        if (section == null) {
            return Map.of();
        }
        EnsembleReader reader = new EnsembleReader(aliases);
        section.sections().forEach(reader::ensemble);
        reader.ensembles.keySet().forEach(name -> reader.shadow(section, name, backends));
        reader.rounds(section);
        return reader.ensembles;
    }

    private void ensemble(String name, Section section) {
        if (name.isBlank()) {
            section.problems().error(section.place(), section.path(), "has no name; give it one, which is its model's");
        }
        Council council = CouncilReader.ofGateway(section).read(name, null);
        section.close();
        if (council != null) {
            ensembles.put(name, council);
        }
    }

    private void shadow(Section section, String name, List<Listed> backends) {
        if (aliases.containsKey(name)) {
            section.warning(name, "is an alias, too, which it hides; rename one of the two");
        }
        for (Listed backend : backends) {
            if (backend.models().contains(name)) {
                String holder = Words.shown(backend.name());
                section.warning(
                        name,
                        "is a model of the backend \"" + holder + "\", too, which it hides; give it another name");
                return;
            }
        }
    }

    /** Tells each round once, at the first of its ensembles. */
    private void rounds(Section section) {
        Set<String> told = new HashSet<>();
        Set<String> done = new HashSet<>();
        for (String name : ensembles.keySet()) {
            walk(section, name, new ArrayList<>(), done, told);
        }
    }

    /** Depth first; an ensemble that is open when it is met again closes a round. */
    private void walk(Section section, String name, List<String> open, Set<String> done, Set<String> told) {
        int first = open.indexOf(name);
        if (first >= 0) {
            List<String> round = open.subList(first, open.size());
            if (told.addAll(round)) {
                section.error(
                        name,
                        "would ask itself: " + Words.shown(String.join(" -> ", round) + " -> " + name)
                                + "; take one of them out");
            }
            return;
        }
        Council council = ensembles.get(name);
        if (council == null || !done.add(name)) {
            return;
        }
        open.add(name);
        asked(council).forEach(model -> walk(section, meant(model), open, done, told));
        open.remove(open.size() - 1);
    }

    /** The models that it asks, whoever answers for them: who is bound to one server can be no ensemble. */
    private static List<String> asked(Council council) {
        List<Seat> seats = new ArrayList<>(council.seats());
        Terms.Judge judge = council.terms().judge();
        if (judge != null) {
            seats.add(judge.seat());
        }
        return seats.stream()
                .filter(seat -> seat.backend() == null)
                .map(Seat::model)
                .toList();
    }

    /** What a name comes to: an ensemble's goes before an alias. */
    private String meant(String model) {
        String at = model;
        Set<String> way = new HashSet<>();
        while (!ensembles.containsKey(at) && way.add(at)) {
            String next = aliases.get(at);
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
