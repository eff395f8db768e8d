package io.llmnet.camel;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Node;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Compiles a pipeline into routes, one a node, with the id {@code <set>/<node>}, where the set is named like the pipeline.
 * The routes wire what the pipeline's shape says; what a node asks, says and decides by is the run's own, so versions of
 * one shape share them. What a node's route does, in order:
 *
 * <ol>
 *   <li>enter: count the hop;
 *   <li>call the pre hooks ({@code function:}; wire tap for those that observe);
 *   <li>ask the node's model, unless it only routes ({@code llm:}), and call the post hooks;
 *   <li>decide where to go, by the conditions of the targets;
 *   <li>several left: ask all of them at once and gather (recipient list), or let the router's model choose, or its
 *       embeddings;
 *   <li>set off the alerts that it leads to (wire tap);
 *   <li>go there (content-based router).
 * </ol>
 */
final class PipelineRoutes extends RouteBuilder {
    /** The route of {@code routes/choose.yaml}. */
    static final String CHOOSE = "direct:llmnet-choose";
    /** The route of {@code routes/choose-by-embedding.yaml}. */
    static final String CHOOSE_BY_EMBEDDING = "direct:llmnet-choose-by-embedding";
    /** Where branches start; asking a model holds no thread, so a few do for all. */
    static final String BRANCHES = "llmnetBranches";

    static final Step DECIDE = new Step("decide", PipelineRoutes::decided);
    static final Step OVERHEAR = new Step("overhear", Overheard::in);
    static final Step FINISH = new Step("finish", Finish::of);
    static final Claim HELD = new Claim("held", run -> run.answer() == null && !run.isBranch());

    private final String set;
    private final Graph graph;

    PipelineRoutes(String set, Graph graph) {
        this.set = set;
        this.graph = graph;
    }

    /** The ids of all routes. */
    List<String> ids() {
        return graph.nodes().values().stream()
                .filter(node -> node.role() == Node.Role.MODEL || Uris.socket(graph.name(), node) != null)
                .map(this::id)
                .toList();
    }

    private String id(Node node) {
        return set + "/" + node.name();
    }

    /** Where runs enter. */
    static String entrance(String set, Graph graph) {
        return Uris.route(set, graph.node(graph.entry()));
    }

    @Override
    public void configure() {
        // A failure is an answer: the front tells it, with its true status. Nothing is tried again or logged in here.
        errorHandler(noErrorHandler());
        graph.nodes().values().stream()
                .filter(node -> node.role() == Node.Role.MODEL)
                .forEach(this::route);
        graph.nodes().values().forEach(this::alert);
    }

    private void route(Node node) {
        RouteDefinition route = from(Uris.route(set, node))
                .routeId(id(node))
                .routeGroup(graph.name())
                .routeDescription(description(node))
                .process(new Step("enter", run -> run.enter(run.graph().node(node.name()))));
        hooks(route, node.hooks().pre(), "pre");
        if (graph.isLast(node)) {
            answer(route, node);
            return;
        }
        if (!routesOnly(node)) {
            route.to(Uris.ask(graph.name(), node, false));
            hooks(route, node.hooks().post(), "post");
            tap(route.filter(new Claim("gathered elsewhere", Run::isBranch)), node.alerts())
                    .stop()
                    .end();
        }
        if (node.fanOut()) {
            fanOut(route, node);
        } else {
            goOn(route, node, node);
        }
    }

    /** What the node says is the caller's answer, unless the run is a branch. */
    private void answer(ProcessorDefinition<?> from, Node node) {
        from.to(Uris.ask(graph.name(), node, true));
        boolean isHeard = !node.alerts().isEmpty() || !graph.alertsOfEveryRun().isEmpty();
        if (isHeard || !node.hooks().post().isEmpty()) {
            from.process(OVERHEAR);
        }
        hooks(from, node.hooks().post(), "post");
        tap(from, node.alerts());
        if (!graph.alertsOfEveryRun().isEmpty()) {
            tap(from.filter(new Claim("ends", run -> !run.isBranch())), graph.alertsOfEveryRun())
                    .end();
        }
        if (node.hooks().holdAnswer()) {
            from.filter(HELD).process(FINISH).end();
        }
    }

    private void hooks(ProcessorDefinition<?> from, List<Hook> hooks, String moment) {
        for (int index = 0; index < hooks.size(); index++) {
            Hook hook = hooks.get(index);
            String uri = Uris.hook(graph.name(), hook, moment, index);
            if (hook.mode() == Hook.Mode.OBSERVE) {
                from.wireTap(uri).dynamicUri(false).executorService(Uris.TAPS);
            } else {
                from.to(uri);
            }
        }
    }

    private ProcessorDefinition<?> tap(ProcessorDefinition<?> from, List<String> alerts) {
        for (String alert : alerts) {
            from.wireTap(Uris.alert(graph.name(), graph.node(alert)))
                    .dynamicUri(false)
                    .executorService(Uris.TAPS);
        }
        return from;
    }

    private void alert(Node node) {
        String socket = Uris.socket(graph.name(), node);
        if (socket != null) {
            from(Uris.alert(graph.name(), node))
                    .routeId(id(node))
                    .routeDescription("tells a WebSocket server")
                    .to(socket);
        }
    }

    /** Where requests come in, a node chooses who answers; it answers itself only where there is nobody to choose. */
    private boolean routesOnly(Node node) {
        return node.name().equals(graph.entry());
    }

    private void fanOut(RouteDefinition route, Node node) {
        route.process(DECIDE);
        tap(route, node.alerts())
                .recipientList(new Recipients(set))
                .parallelProcessing()
                .executorService(BRANCHES)
                .aggregationStrategy(new Gather())
                .end()
                .process(new Gathered());
        // All branches go to the same nodes; that was checked.
        goOn(route, node, graph.node(node.targets().get(0)));
    }

    /** Goes from {@code node} to where {@code leaving} leads. */
    private void goOn(RouteDefinition route, Node node, Node leaving) {
        List<Node> targets = targets(leaving);
        if (targets.size() == 1) {
            go(route, node, targets.get(0));
            return;
        }
        route.process(DECIDE);
        route.filter(new Claim("several may answer", run -> !run.isSettled()))
                .to(node.chooseBy() == Node.ChooseBy.EMBEDDING ? CHOOSE_BY_EMBEDDING : CHOOSE)
                .end();
        ChoiceDefinition choice = route.choice();
        for (Node target : targets) {
            go(choice.when(new Claim(reason(target), run -> run.goesTo(target))), node, target);
        }
        choice.end();
    }

    private void go(ProcessorDefinition<?> from, Node node, Node target) {
        if (target.role() != Node.Role.MODEL && routesOnly(node) && !node.fanOut()) {
            answer(from, node);
            return;
        }
        // Those of a fan-out were set off before its branches.
        tap(from, node.fanOut() ? List.of() : node.alerts());
        if (target.role() == Node.Role.MODEL) {
            from.to(Uris.route(set, target));
        } else {
            tap(from, graph.alertsOfEveryRun()).process(FINISH);
        }
    }

    private static Run decided(Run run) {
        Run decided = run.decide();
        if (decided.isSettled() && run.here().targets().size() > 1) {
            run.watch().chose(run.here(), decided.next().get(0), "condition");
        }
        return decided;
    }

    private List<Node> targets(Node node) {
        return node.targets().stream().map(graph::node).toList();
    }

    private String description(Node node) {
        return node.useCase() == null ? "layer " + node.layer() : "layer " + node.layer() + ": " + node.useCase();
    }

    private static String reason(Node target) {
        return target.condition() == null ? target.name() : target.condition().toString();
    }
}
