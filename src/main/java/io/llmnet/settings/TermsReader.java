package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.dispatch.Terms;
import io.llmnet.registry.Breaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what llmnet.yaml says of how hard it is tried. */
final class TermsReader {
    static final int MOST_ATTEMPTS = 100;
    static final int MOST_WAITING = 1_000_000;
    static final int LARGEST_WINDOW = 10_000;
    static final double LEAST_RATE = 0.01;

    static final List<String> MOMENTS = List.of("p95");

    private TermsReader() {}

    static Terms read(Section top) {
        Terms usual = Terms.USUAL;
        Section retry = top.section("retry");
        Integer attempts = retry == null ? null : retry.integer("attempts", 1, MOST_ATTEMPTS);
        Double budget = retry == null ? null : retry.decimal("budget", 0, 1);
        if (retry != null) {
            retry.close();
        }
        return new Terms(
                or(attempts, usual.attempts()),
                or(budget, usual.retryBudget()),
                hedge(top.section("hedge")),
                breaker(top.section("breaker")),
                queue(top.section("queue")));
    }

    private static Terms.Hedge hedge(@Nullable Section section) {
        Terms.Hedge usual = Terms.Hedge.USUAL;
        if (section == null) {
            return usual;
        }
        Choice.read(section, "after", MOMENTS);
        Terms.Hedge hedge = new Terms.Hedge(
                or(section.truth("enabled"), usual.enabled()),
                or(section.duration("at-least"), usual.atLeast()),
                or(section.decimal("budget", 0, 1), usual.budget()));
        section.close();
        return hedge;
    }

    private static Breaker.Terms breaker(@Nullable Section section) {
        return section == null ? Breaker.Terms.USUAL : breaker(section, Breaker.Terms.USUAL);
    }

    /** When somebody is left alone; what is not said is as usual. */
    static Breaker.Terms breaker(Section section, Breaker.Terms usual) {
        int window = or(section.integer("window", 1, LARGEST_WINDOW), usual.window());
        Integer least = section.integer("min-samples", 1, LARGEST_WINDOW);
        if (least != null && least > window) {
            section.error("min-samples", "must be at most the window, which is " + window);
        }
        Breaker.Terms terms = new Breaker.Terms(
                window,
                Math.min(window, or(least, usual.least())),
                or(section.decimal("failure-rate", LEAST_RATE, 1), usual.failureRate()),
                or(section.duration("open"), usual.open()));
        section.close();
        return terms;
    }

    private static Terms.Queue queue(@Nullable Section section) {
        Terms.Queue usual = Terms.Queue.USUAL;
        if (section == null) {
            return usual;
        }
        Integer size = section.integer("size", 0, MOST_WAITING);
        Terms.Queue queue = new Terms.Queue(or(size, usual.size()), or(section.duration("wait"), usual.patience()));
        section.close();
        return queue;
    }
}
