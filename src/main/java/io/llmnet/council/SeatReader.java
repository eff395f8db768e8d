package io.llmnet.council;

import io.llmnet.config.Paths;
import io.llmnet.config.Place;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Terms.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who sits in an ensemble. Of one section, for one thread. */
final class SeatReader {
    private static final String MODELS = "models";

    private final Section section;
    private final @Nullable Collection<String> known;

    /**
     * Of an ensemble.
     *
     * @param known all models that there are; null where they come and go
     */
    SeatReader(Section section, @Nullable Collection<String> known) {
        this.section = section;
        this.known = known;
    }

    /** Those who are asked; none when there are none that can be used, which is a problem by then. */
    List<Seat> members(@Nullable Council base) {
        if (!section.has(MODELS)) {
            if (base == null) {
                section.problems()
                        .error(section.place(), section.path(), "the key \"models\" is missing; name those to ask");
            }
            return base == null ? List.of() : base.seats();
        }
        List<Value> items = section.items(MODELS);
        List<Seat> seats = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int index = 0; index < items.size(); index++) {
            Seat seat = member(items.get(index), index);
            if (seat != null && names.add(seat.name())) {
                seats.add(seat);
            } else if (seat != null) {
                String mend = items.get(index) instanceof Value.Text
                        ? "is in the list already; take it out"
                        : "has the name of another, \"" + Paths.shortened(seat.name()) + "\"; give it a \"name\"";
                section.problems().error(items.get(index).place(), path(index), mend);
            }
        }
        howMany(items);
        return seats;
    }

    private void howMany(List<Value> items) {
        if (items.isEmpty()) {
            section.error(MODELS, "is empty; name those to ask");
        } else if (items.size() == 1) {
            section.warning(MODELS, "has one model only, so there is nothing to decide; name more");
        } else if (items.size() > CouncilKeys.MOST_SEATS) {
            section.error(MODELS, "has more than " + CouncilKeys.MOST_SEATS + " models; take some out");
        }
    }

    private String path(int index) {
        return Paths.item(section.path(MODELS), index);
    }

    private @Nullable Seat member(Value item, int index) {
        if (item instanceof Value.Text text) {
            String model = text.text();
            if (model.isBlank()) {
                section.problems().error(item.place(), path(index), "must be the name of a model");
                return null;
            }
            look(model, item.place(), path(index));
            return Seat.of(model);
        }
        Section member = section.item(MODELS, index);
        if (member == null) {
            return null;
        }
        String model = model(member);
        String name = member.has("name") ? member.required("name") : model;
        Double weight = member.decimal("weight", CouncilKeys.LEAST_WEIGHT, CouncilKeys.MOST_WEIGHT);
        String backend = backend(member);
        member.close();
        return model == null || name == null ? null : new Seat(name, model, backend, weight == null ? 1 : weight);
    }

    private @Nullable String model(Section seat) {
        String model = seat.required("model");
        if (model != null) {
            look(model, seat.place("model"), seat.path("model"));
        }
        return model;
    }

    private @Nullable String backend(Section seat) {
        return known == null && seat.has("backend") ? seat.required("backend") : null;
    }

    private void look(String model, Place place, String path) {
        if (known != null && !known.contains(model)) {
            section.problems()
                    .error(
                            place,
                            path,
                            "there is no model \"" + Paths.shortened(model) + "\"; " + Spelling.advice(model, known));
        }
    }

    /** Who judges; null when he cannot be used, which is a problem by then. */
    @Nullable
    Judge judge(boolean merges) {
        int usual = merges ? 0 : Judge.USUAL_TOKENS;
        if (section.isText("judge")) {
            String model = section.required("judge");
            if (model == null) {
                return null;
            }
            look(model, section.place("judge"), section.path("judge"));
            return new Judge(Seat.of(model), usual, null, Judge.USUAL_SHARE);
        }
        Section judge = section.section("judge");
        if (judge == null) {
            return null;
        }
        String model = model(judge);
        String backend = backend(judge);
        Integer tokens = judge.integer("max-tokens", 0, CouncilKeys.MOST_TOKENS);
        Duration deadline = judge.duration("deadline");
        Double share = judge.decimal("share", CouncilKeys.LEAST_SHARE, CouncilKeys.MOST_SHARE);
        judge.close();
        return model == null
                ? null
                : new Judge(
                        new Seat(model, model, backend, 1),
                        tokens == null ? usual : tokens,
                        deadline,
                        share == null ? Judge.USUAL_SHARE : share);
    }
}
