package io.llmnet.camel;

import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Situation;
import io.llmnet.pipeline.Variables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through one pipeline: the body of every exchange in it. Immutable, so that the branches of a
 * fan-out can go their own ways; what they share (the bill, the caller's leaving) is in the call.
 *
 * @param call what was asked
 * @param pipeline the version of the pipeline that it runs through
 * @param prompt the request, parsed when somebody looks
 * @param said the last model's answer, null while none has answered
 * @param trace the hops so far, in order, as they are shown to the caller
 * @param hops how many nodes were entered
 * @param at the node where it is
 * @param next where it may go from there; one once that is settled, and the entry at first
 * @param isGathered whether it comes from branches, and so goes on where they lead
 * @param decision the last choice that a router's model made
 * @param variables what hooks have set
 * @param isBranch whether somebody gathers what this run brings, so that it must not go on by itself
 * @param watch who watches it
 * @param answer what the caller gets, once it is there
 */
public record Run(
        Call call,
        Deployed pipeline,
        Prompt prompt,
        @Nullable Said said,
        List<String> trace,
        int hops,
        @Nullable Node at,
        List<Node> next,
        boolean isGathered,
        @Nullable String decision,
        Map<String, String> variables,
        boolean isBranch,
        WatchedRun watch,
        @Nullable Answer answer) {

    static Run of(Call call, Deployed pipeline, WatchedRun watch) {
        return new Run(
                call,
                pipeline,
                new Prompt(call),
                null,
                List.of(),
                0,
                null,
                pipeline.start(),
                false,
                null,
                Map.of(),
                false,
                watch,
                null);
    }

    public Graph graph() {
        return pipeline.graph();
    }

    /** This run in {@code node}; refused once it has been in too many. */
    Run enter(Node node) {
        if (hops >= Graph.HOP_LIMIT) {
            throw new ChatException(
                    Fault.LOOP_DETECTED,
                    "Maximum hops (" + Graph.HOP_LIMIT + ") exceeded in pipeline " + graph().name() + " at node "
                            + node.name() + "; its conditions let requests go round");
        }
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                and(node.name()),
                hops + 1,
                node,
                List.of(),
                false,
                decision,
                variables,
                isBranch,
                watch,
                null);
    }

    /** This run in the node that was decided on. */
    Run enterNext() {
        return enter(next.get(0));
    }

    /** This run with the nodes that may come next, by the conditions of those to which its node leads. */
    Run decide() {
        Node here = here();
        Node leaving = isGathered ? graph().node(here.targets().get(0)) : here;
        return going(graph().next(leaving, seenFrom(here)));
    }

    private Run going(List<Node> candidates) {
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                trace,
                hops,
                at,
                candidates,
                isGathered,
                decision,
                variables,
                isBranch,
                watch,
                answer);
    }

    /** The node where it is. */
    public Node here() {
        return Objects.requireNonNull(at, "a run is nowhere before it has entered a node");
    }

    /** Where requests come in, a node chooses who answers; it answers itself only where there is nobody to choose. */
    boolean isRoutedOnly() {
        return here().name().equals(graph().entry());
    }

    /** A router's model has chosen. */
    public Run choosing(Node chosen) {
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                trace,
                hops,
                at,
                List.of(chosen),
                isGathered,
                chosen.name(),
                variables,
                isBranch,
                watch,
                answer);
    }

    /** The router's model was of no help; the trace tells. */
    public Run fallingBack(Node chosen, String why) {
        List<String> told = new ArrayList<>(trace);
        told.set(told.size() - 1, told.get(told.size() - 1) + ";fallback=" + why);
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                told,
                hops,
                at,
                List.of(chosen),
                isGathered,
                chosen.name(),
                variables,
                isBranch,
                watch,
                answer);
    }

    public Run saying(Said words) {
        return new Run(
                call,
                pipeline,
                prompt,
                words,
                trace,
                hops,
                at,
                next,
                isGathered,
                decision,
                variables,
                isBranch,
                watch,
                answer);
    }

    public Run answering(Answer given) {
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                trace,
                hops,
                at,
                next,
                isGathered,
                decision,
                variables,
                isBranch,
                watch,
                given);
    }

    /** A variable has a value, for all that comes later. */
    public Run with(String variable, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                trace,
                hops,
                at,
                next,
                isGathered,
                decision,
                Map.copyOf(more),
                isBranch,
                watch,
                answer);
    }

    /** A run of its own for each of several nodes asked at once. */
    Run branch() {
        return new Run(
                call,
                pipeline,
                prompt,
                said,
                trace,
                hops,
                at,
                next,
                isGathered,
                decision,
                variables,
                true,
                watch,
                answer);
    }

    /** The same on the way to one of the nodes that may come next. */
    Run branchTo(Node node) {
        return branch().going(List.of(node));
    }

    /** What branches brought, as one. */
    Run gathered(Said words, String hop) {
        return new Run(
                call, pipeline, prompt, words, and(hop), hops + 1, at, List.of(), true, decision, variables, isBranch,
                watch, null);
    }

    /**
     * The alerts that it sets off where it is. A fan-out's own were set off before its branches.
     *
     * @param ends whether those of a run's end are among them
     */
    public List<String> alerts(boolean ends) {
        List<String> own = isGathered ? List.of() : here().alerts();
        List<String> last = ends && !isBranch ? pipeline.lastAlerts() : List.of();
        if (own.isEmpty() || last.isEmpty()) {
            return own.isEmpty() ? last : own;
        }
        List<String> both = new ArrayList<>(own);
        both.addAll(last);
        return both;
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
                decision,
                others());
    }

    /**
     * What hooks of the node can see where it is.
     *
     * @param input what the node was given
     */
    public Situation seenInside(String input) {
        Node before = trace.size() < 2 ? null : nodeOf(trace.get(trace.size() - 2));
        return new Situation(
                prompt.text(),
                input,
                before == null ? null : before.name(),
                before == null ? null : before.layer(),
                here().layer(),
                Math.max(0, hops - 1),
                System.currentTimeMillis() / 1000,
                call.id(),
                decision,
                others());
    }

    /** The node of a hop; null when several were asked at once. */
    private @Nullable Node nodeOf(String hop) {
        int remark = hop.indexOf(";fallback=");
        return graph().nodes().get(remark < 0 ? hop : hop.substring(0, remark));
    }

    /** What the node where it is is asked. */
    public String given() {
        String question = prompt.text();
        return said == null ? question : said.prompt(question);
    }

    private Variables others() {
        return new Asked(call, prompt, graph().headerVariables(), variables);
    }

    private List<String> and(String hop) {
        List<String> longer = new ArrayList<>(trace.size() + 1);
        longer.addAll(trace);
        longer.add(hop);
        return longer;
    }
}
