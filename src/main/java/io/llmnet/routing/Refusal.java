package io.llmnet.routing;

import io.llmnet.fault.Fault;
import io.llmnet.registry.Member;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Roster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the words for it that nobody may be asked, and whose fault it is. */
record Refusal(Wish wish, String model, List<String> standIns, Set<String> aliases, Roster roster) {
    private static final int MODELS_SHOWN = 20;
    private static final int BACKENDS_SHOWN = 5;
    private static final int LONGEST_NAME = 100;

    NoPlan because(List<Exclusion> exclusions, Demand demand) {
        List<Offer> offers = new ArrayList<>(roster.offers(model));
        standIns.forEach(other -> offers.addAll(roster.offers(other)));
        if (offers.isEmpty()) {
            return none(Fault.MODEL_NOT_FOUND, unknown(), exclusions, demand);
        }
        if (wish.backend() != null && exclusions.isEmpty()) {
            return none(
                    Fault.NO_BACKEND,
                    "backend " + wish.backend() + " does not offer " + name() + " now; see llmnet backends list",
                    exclusions,
                    demand);
        }
        Set<Abilities.Lack> lacks = EnumSet.noneOf(Abilities.Lack.class);
        for (Offer offer : offers) {
            Abilities.Lack lack = Abilities.lack(wish.needs(), offer.card().capabilities());
            if (lack == null) {
                return none(Fault.NO_BACKEND, nobody(exclusions), exclusions, demand);
            }
            lacks.add(lack);
        }
        // Whoever may be asked, and be they well or not: none could do it, so that trying again is no use.
        boolean isTooLong = lacks.equals(EnumSet.of(Abilities.Lack.CONTEXT));
        return isTooLong
                ? none(Fault.CONTEXT_LENGTH, tooLong(offers), exclusions, demand)
                : none(Fault.BAD_REQUEST, unable(lacks), exclusions, demand);
    }

    private NoPlan none(Fault fault, String message, List<Exclusion> exclusions, Demand demand) {
        List<String> available =
                roster.members().stream().filter(Member::isUp).map(Member::name).toList();
        return new NoPlan(fault, message, exclusions, available, demand.zone(), demand.tier());
    }

    private String name() {
        String asked = wish.model();
        String shown = asked.length() > LONGEST_NAME ? asked.substring(0, LONGEST_NAME) + "…" : asked;
        return asked.equals(model) ? "`" + shown + "`" : "`" + shown + "` (an alias of `" + model + "`)";
    }

    private String unknown() {
        Set<String> known = new TreeSet<>(roster.models());
        aliases.stream().filter(alias -> !alias.equals(wish.model())).forEach(known::add);
        String there = known.isEmpty()
                ? "no backend is there that has any: start one, or add one to the settings"
                : "there " + (known.size() == 1 ? "is " : "are ") + listed(known, MODELS_SHOWN);
        return "model " + name() + " does not exist; "
                + Nearest.of(model, known)
                        .map(name -> "did you mean `" + name + "`? ")
                        .orElse("") + there;
    }

    private String nobody(List<Exclusion> exclusions) {
        List<String> reasons = exclusions.stream()
                .map(out -> out.backend() + " (" + out.reason() + ")")
                .toList();
        Set<String> actions =
                exclusions.stream().map(Exclusion::action).collect(Collectors.toCollection(LinkedHashSet::new));
        return "no backend may answer for " + name() + ": " + listed(reasons, BACKENDS_SHOWN) + "; "
                + String.join("; or ", actions);
    }

    private String tooLong(List<Offer> offers) {
        int largest = offers.stream()
                .mapToInt(offer -> offer.card().capabilities().contextTokens())
                .max()
                .orElse(0);
        return "about " + wish.needs().promptTokens() + " tokens and "
                + wish.needs().maxTokens()
                + " of an answer do not fit into the context of " + name() + ", which is " + largest
                + " tokens; send less, or ask for fewer";
    }

    private String unable(Set<Abilities.Lack> lacks) {
        return "model " + name() + " "
                + lacks.stream().map(Abilities.Lack::words).collect(Collectors.joining(", or "))
                + "; "
                + lacks.stream().map(Abilities.Lack::mend).collect(Collectors.joining("; "));
    }

    private static String listed(Collection<String> names, int most) {
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }
}
