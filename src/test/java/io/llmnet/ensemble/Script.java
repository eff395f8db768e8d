package io.llmnet.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Move.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays a sitting as the tables write it, and fails where it breaks what holds for all: nobody is asked twice, something is
 * asked or decided as long as nobody is waited for, and nothing comes after the end.
 *
 * <p>What happens: {@code a=Paris}, {@code a@0.7=Paris} with a confidence, {@code a#12=Paris} after so many ms, {@code a!broken}
 * for a failure, {@code wake}, {@code late}, {@code judge=a: good}, {@code judge=none: bad}, {@code judge!broken}, {@code merged}.
 */
final class Script {
    private static final Pattern ANSWER = Pattern.compile("(\\w+)(?:@([\\d.]+))?(?:#(\\d+))?([=!])(.*)");

    private final Council council;
    private final Deliberation sitting;
    private final Set<Integer> silent = new LinkedHashSet<>();
    private final Set<Integer> asked = new LinkedHashSet<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable Step end;

    Script(Council council, Standings standings) {
        this.council = council;
        this.sitting = Deliberation.of(council, standings);
    }

    /** Begins, and tells whom it asks. */
    Script begin() {
        follow(sitting.begin());
        return this;
    }

    Script then(String what) {
        Matcher words = ANSWER.matcher(what);
        if (what.equals("wake")) {
            follow(sitting.woken());
        } else if (what.equals("late")) {
            follow(sitting.late());
        } else if (what.equals("merged")) {
            follow(sitting.merged());
        } else if (!words.matches()) {
            throw new IllegalArgumentException(what);
        } else if (words.group(1).equals("judge")) {
            follow(words.group(4).equals("!") ? sitting.judgeFailed(words.group(5)) : judged(words.group(5)));
        } else {
            member(words);
        }
        return this;
    }

    private void member(Matcher words) {
        int seat = seat(words.group(1));
        long nanos = (words.group(3) == null ? 0 : Long.parseLong(words.group(3))) * 1_000_000;
        Double confidence = words.group(2) == null ? null : Double.valueOf(words.group(2));
        if (words.group(4).equals("!")) {
            fails(seat, words.group(5), nanos);
        } else {
            says(proposal(seat, words.group(5), confidence, nanos));
        }
    }

    private static Proposal proposal(int seat, String text, @Nullable Double confidence, long nanos) {
        List<String> calls =
                text.startsWith("call ") ? List.of(text.substring(5).split(" & ")) : List.of();
        String json = text.startsWith("{") ? text : null;
        return new Proposal(seat, calls.isEmpty() ? text : "", json, calls, new float[0], confidence, nanos);
    }

    void says(Proposal proposal) {
        assertThat(end).as("nothing comes after the end").isNull();
        assertThat(silent.remove(proposal.seat()))
                .as("seat " + proposal.seat() + " was asked")
                .isTrue();
        follow(sitting.heard(proposal));
    }

    void fails(int seat, String trouble, long nanos) {
        assertThat(end).as("nothing comes after the end").isNull();
        assertThat(silent.remove(seat)).as("seat " + seat + " was asked").isTrue();
        follow(sitting.failed(seat, trouble, nanos));
    }

    private Move judged(String verdict) {
        String[] parts = verdict.split(": ", 2);
        Integer seat = parts[0].equals("none") ? null : seat(parts[0]);
        return sitting.ruled(new Ruling(seat, 0.9, parts[1]));
    }

    private void follow(Move move) {
        move.ask()
                .forEach(seat -> assertThat(asked.add(seat))
                        .as("seat " + seat + " is asked once")
                        .isTrue());
        silent.addAll(move.ask());
        if (!move.ask().isEmpty()) {
            told.add(names(move.ask())
                    + (move.wake() == null ? "" : " +" + move.wake().toMillis()));
        }
        end = move.step();
        assertThat(end == null && silent.isEmpty()).as("it waits for nobody").isFalse();
    }

    private String names(List<Integer> seats) {
        return seats.stream().map(seat -> council.seats().get(seat).name()).collect(Collectors.joining(" "));
    }

    private int seat(String name) {
        return council.seats().stream().map(Seat::name).toList().indexOf(name);
    }

    @Nullable
    Step end() {
        return end;
    }

    Set<Integer> silent() {
        return silent;
    }

    /** Whom it asked, each time, and when it wished to be woken. */
    String asked() {
        return String.join(", ", told);
    }

    /** How it stands, or ended. */
    String outcome() {
        return end == null ? "waits" : end.match(new Told());
    }

    private final class Told implements Step.Cases<String> {
        @Override
        public String settled(Step.Settled step) {
            Decision decision = step.decision();
            String winner = decision.winner() < 0
                    ? "-"
                    : council.seats().get(decision.winner()).name();
            String agreement =
                    Double.isNaN(decision.agreement()) ? "" : String.format(Locale.ROOT, " %.2f", decision.agreement());
            return decision.by().word() + " " + winner + agreement + ": " + decision.reason();
        }

        @Override
        public String consult(Step.Consult step) {
            return "consult " + names(step.seats().stream().sorted().toList());
        }

        @Override
        public String merge(Step.Merge step) {
            return "merge " + names(step.seats().stream().sorted().toList());
        }

        @Override
        public String failed(Step.Failed step) {
            return step.why().fault() + " " + step.why().text();
        }
    }
}
