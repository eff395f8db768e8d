package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Situation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through one pipeline: the body of every exchange in it. Immutable, so that the branches of a
 * fan-out can go their own ways; what they share (the bill, the caller's leaving) is in the call.
 *
 * @param call what was asked
 * @param graph the pipeline
 * @param prompt the request, parsed when somebody looks
 * @param said the last model's answer, null while none has answered
 * @param trace the hops so far, in order, as they are shown to the caller
 * @param hops how many nodes were entered
 * @param at the node where it is
 * @param next where it may go from there; one once that is settled
 * @param decision the last choice that a router's model made
 * @param isBranch whether somebody gathers what this run brings, so that it must not go on by itself
 * @param answer what the caller gets, once it is there
 */
public record Run(
        Call call,
        Graph graph,
        Prompt prompt,
        @Nullable Said said,
        List<String> trace,
        int hops,
        @Nullable Node at,
        List<Node> next,
        @Nullable String decision,
        boolean isBranch,
        @Nullable Answer answer) {

    static Run of(Call call, Graph graph) {
        return new Run(call, graph, new Prompt(call), null, List.of(), 0, null, List.of(), null, false, null);
    }

    /** This run in {@code node}; refused once it has been in too many. */
    Run enter(Node node) {
        if (hops >= Graph.HOP_LIMIT) {
            throw new ChatException(
                    Fault.LOOP_DETECTED,
                    "Maximum hops (" + Graph.HOP_LIMIT + ") exceeded in pipeline " + graph.name() + " at node "
                            + node.name() + "; its conditions let requests go round");
        }
        return new Run(
                call, graph, prompt, said, and(node.name()), hops + 1, node, List.of(), decision, isBranch, null);
    }

    Run going(List<Node> candidates) {
        return new Run(call, graph, prompt, said, trace, hops, at, candidates, decision, isBranch, answer);
    }

    /** A router's model has chosen. */
    public Run choosing(Node chosen) {
        return new Run(call, graph, prompt, said, trace, hops, at, List.of(chosen), chosen.name(), isBranch, answer);
    }

    /** The router's model was of no help; the trace tells. */
    public Run fallingBack(Node chosen, String why) {
        List<String> told = new ArrayList<>(trace);
        told.set(told.size() - 1, told.get(told.size() - 1) + ";fallback=" + why);
        return new Run(call, graph, prompt, said, told, hops, at, List.of(chosen), chosen.name(), isBranch, answer);
    }

    public Run saying(Said words) {
        return new Run(call, graph, prompt, words, trace, hops, at, next, decision, isBranch, answer);
    }

    public Run answering(Answer given) {
        return new Run(call, graph, prompt, said, trace, hops, at, next, decision, isBranch, given);
    }

    /** A run of its own for each of several nodes asked at once. */
    Run branch() {
        return new Run(call, graph, prompt, said, trace, hops, at, next, decision, true, answer);
    }

    /** What branches brought, as one. */
    Run gathered(Said words, String hop) {
        return new Run(call, graph, prompt, words, and(hop), hops + 1, at, List.of(), decision, isBranch, null);
    }

    boolean isSettled() {
        return next.size() == 1;
    }

    boolean goesTo(Node node) {
        return next.size() == 1 && next.get(0).name().equals(node.name());
    }

    /** What conditions and templates can see from {@code node}, where the next step is decided. */
    public Situation seenFrom(Node node) {
        String asked = prompt.text();
        return new Situation(
                asked,
                said == null ? asked : said.text(),
                node.name(),
                node.layer(),
                node.layer(),
                Math.max(0, hops - 1),
                System.currentTimeMillis() / 1000,
                call.id(),
                decision);
    }

    private List<String> and(String hop) {
        List<String> longer = new ArrayList<>(trace.size() + 1);
        longer.addAll(trace);
        longer.add(hop);
        return longer;
    }
}
