package io.llmnet.pipeline.file;

import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for what cannot work in a graph: models that are missing, nodes nobody reaches, rounds without end. */
final class Checks {
    private final Graph graph;
    private final List<Draft> drafts;
    private final Problems problems;

    Checks(Graph graph, List<Draft> drafts, Problems problems) {
        this.graph = graph;
        this.drafts = drafts;
        this.problems = problems;
    }

    /**
     * Checks everything.
     *
     * @param complete whether all targets were found; if not, whom nobody reaches cannot be told
     */
    void all(boolean complete) {
        Set<String> reached = reached();
        for (Draft draft : drafts) {
            Node node = graph.node(draft.name());
            if (reached.contains(node.name())) {
                model(draft, node);
                ensemble(draft, node);
            } else if (complete) {
                warn(draft, "no node leads here; name it in an \"output-to\", or take it out");
            }
            fallback(draft, node);
            fanOut(draft, node);
            hooks(draft, node);
        }
        Comparing.check(graph, drafts);
        rounds();
    }

    private void warn(Draft draft, String message) {
        problems.warning(draft.section().place(), draft.section().path(), message);
    }

    private Set<String> reached() {
        Set<String> reached = new HashSet<>(Set.of(graph.entry()));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Node node = graph.node(open.remove());
            reached.addAll(node.alerts());
            for (String target : node.targets()) {
                if (reached.add(target)) {
                    open.add(target);
                }
            }
        }
        return reached;
    }

    /** The entry only chooses, unless nothing but outputs follow; any other node answers. */
    private void model(Draft draft, Node node) {
        if (node.role() != Node.Role.MODEL || node.model() != null || draft.hasEnsemble()) {
            return;
        }
        boolean isEntry = node.name().equals(graph.entry());
        boolean chooses = node.targets().size() > 1 && !node.fanOut();
        boolean asksNobody = node.chooseBy() == Node.ChooseBy.EMBEDDING && !leadsToOutput(node);
        if (isEntry && (!chooses || asksNobody) && !graph.isLast(node)) {
            return;
        }
        String mend = graph.models().isEmpty()
                ? "there are none; add one under \"models\""
                : "add \"model\": one of " + String.join(", ", graph.models().keySet());
        problems.error(draft.section().place(), draft.section().path(), "does not say which model to ask; " + mend);
    }

    /** Models that answer together do not choose who is next, and do nothing where a node only leads on. */
    private void ensemble(Draft draft, Node node) {
        if (!draft.hasEnsemble()) {
            return;
        }
        Section section = draft.section();
        if (!draft.isModel()) {
            section.warning("ensemble", "has no effect, for this node asks no model; take it out");
        } else if (!graph.isLast(node)
                && node.chooseBy() == Node.ChooseBy.MODEL
                && graph.choices(node).size() > 1) {
            section.error(
                    "ensemble",
                    answers(node)
                            ? "answers, and cannot choose among several; write \"choose-by\": \"embedding\", or lead to"
                                    + " one node"
                            : "cannot choose who answers; write a \"model\" in its place, and give it to a node that"
                                    + " answers");
        } else if (!answers(node)) {
            section.warning("ensemble", "has no effect, for this node only leads on; give it to a node that answers");
        }
    }

    /** Whether what its model says is said to somebody: the entry only chooses, unless an output may follow it. */
    private boolean answers(Node node) {
        return !node.name().equals(graph.entry()) || graph.isLast(node) || (!node.fanOut() && leadsToOutput(node));
    }

    private boolean leadsToOutput(Node node) {
        return node.targets().stream().anyMatch(target -> graph.node(target).role() == Node.Role.OUTPUT);
    }

    private void fallback(Draft draft, Node node) {
        String fallback = draft.defaultTarget();
        if (fallback == null) {
            return;
        }
        Section section = draft.section();
        if (!node.targets().contains(fallback)) {
            section.error("default", "is not where this node leads; " + Spelling.advice(fallback, node.targets()));
        } else if (node.targets().size() == 1 || node.fanOut()) {
            section.warning("default", "has no effect, for this node does not choose; take it out");
        }
    }

    /** Post hooks come when a node has answered. */
    private void hooks(Draft draft, Node node) {
        if (node.hooks().areNone()) {
            return;
        }
        if (!draft.isModel()) {
            draft.section().warning("hooks", "have no effect, for this node asks no model; take them out");
            return;
        }
        if (!answers(node) && !node.hooks().post().isEmpty()) {
            draft.section()
                    .warning("hooks", "have a \"post\" without effect, for this node only routes; write \"pre\"");
        }
    }

    private void fanOut(Draft draft, Node node) {
        if (!node.fanOut()) {
            return;
        }
        Section section = draft.section();
        if (!draft.isModel()) {
            section.warning("fan-out", "has no effect here: the run ends at this node; take it out");
            return;
        }
        Node first = null;
        for (String name : node.targets()) {
            Node branch = graph.node(name);
            if (branch.role() != Node.Role.MODEL) {
                section.error(
                        "fan-out", "can only ask nodes with models, and \"" + name + "\" ends the run; lead to others");
                return;
            }
            if (first == null) {
                first = branch;
            } else if (!first.targets().equals(branch.targets()) || first.fanOut() != branch.fanOut()) {
                section.error(
                        "fan-out",
                        "needs branches that all lead on alike, and \"" + first.name() + "\" and \"" + name
                                + "\" do not; give them the same \"output-to\" and \"fan-out\"");
                return;
            }
        }
    }

    private void rounds() {
        Map<String, Boolean> done = new HashMap<>();
        for (String name : graph.nodes().keySet()) {
            if (!done.containsKey(name)) {
                walk(name, new ArrayList<>(), done);
            }
        }
    }

    /** Depth first over the edges that no condition guards; a node that is open when it is met again closes a round. */
    private void walk(String name, List<String> open, Map<String, Boolean> done) {
        done.put(name, false);
        open.add(name);
        for (String target : graph.node(name).targets()) {
            if (graph.node(target).condition() != null) {
                continue;
            }
            Boolean finished = done.get(target);
            if (finished == null) {
                walk(target, open, done);
            } else if (!finished) {
                round(open.subList(open.indexOf(target), open.size()));
            }
        }
        open.remove(open.size() - 1);
        done.put(name, true);
    }

    private void round(List<String> names) {
        String closing = names.get(names.size() - 1);
        Section section = drafts.stream()
                .filter(draft -> draft.name().equals(closing))
                .findFirst()
                .orElseThrow()
                .section();
        section.error(
                "output-to",
                "would go round for ever: " + String.join(" -> ", names) + " -> " + names.get(0)
                        + "; give one of them an \"if\" such as \"$HOP_COUNT < 5\"");
    }
}
