package io.llmnet.camel;

import io.llmnet.pipeline.Node;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Routes that run any node of any pipeline: what {@link PipelineRoutes} wires for one, is asked of the run here. For
 * pipelines beyond the number that gets routes of its own, and for those that have just changed.
 */
final class SharedRoutes extends RouteBuilder {
    static final String NODE = "direct:llmnet-node";
    private static final String INNER = "direct:llmnet-inner";
    private static final String ALERTS = "alert:any?ends=";
    private static final String HOOKS = "function:any?hook=";
    private static final Claim POST_HOOKS =
            new Claim("has post hooks", run -> !run.here().hooks().post().isEmpty());
    private static final String ASK = "llm:any/any?node=any&last=";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        node();
        inner();
    }

    private void node() {
        ChoiceDefinition choice = from(NODE)
                .routeId("llmnet/node")
                .routeDescription("a node of any pipeline that has no routes of its own")
                .process(new Step("enter", Run::enterNext))
                .filter(new Claim(
                        "has pre hooks", run -> !run.here().hooks().pre().isEmpty()))
                .to(HOOKS + "pre")
                .end()
                .choice();
        answer(choice.when(new Claim("last", run -> run.graph().isLast(run.here()))));
        choice.otherwise().to(INNER).end();
    }

    private void inner() {
        RouteDefinition route = from(INNER).routeId("llmnet/inner").routeDescription("a node that leads on");
        FilterDefinition asks = route.filter(new Claim("asks", run -> !run.isRoutedOnly()));
        asks.to(ASK + false);
        asks.filter(POST_HOOKS).to(HOOKS + "post").end();
        tap(asks.filter(new Claim("gathered elsewhere", Run::isBranch)), false).stop();
        fanOut(route.filter(new Claim("fans out", run -> run.here().fanOut())));
        route.process(PipelineRoutes.DECIDE);
        choose(route.filter(new Claim("several may answer", run -> !run.isSettled())));
        goOn(route.choice());
    }

    private static void fanOut(ProcessorDefinition<?> from) {
        tap(from.process(PipelineRoutes.DECIDE), false)
                .split(new Splitting())
                .parallelProcessing()
                .executorService(PipelineRoutes.BRANCHES)
                .aggregationStrategy(new Gather())
                .to(NODE)
                .end()
                .process(new Gathered());
    }

    private static void choose(ProcessorDefinition<?> from) {
        from.choice()
                .when(new Claim("by embedding", run -> run.here().chooseBy() == Node.ChooseBy.EMBEDDING))
                .to(PipelineRoutes.CHOOSE_BY_EMBEDDING)
                .otherwise()
                .to(PipelineRoutes.CHOOSE)
                .end();
    }

    private static void goOn(ChoiceDefinition choice) {
        choice.when(new Claim("a node", run -> run.next().get(0).role() == Node.Role.MODEL));
        tap(choice, false).to(NODE);
        answer(choice.when(new Claim("nobody else", run -> run.isRoutedOnly() && !run.isGathered())));
        tap(choice.otherwise(), true).process(PipelineRoutes.FINISH);
        choice.end();
    }

    /** What the node says is the caller's answer, unless the run is a branch. */
    private static void answer(ProcessorDefinition<?> from) {
        from.to(ASK + true);
        from.filter(POST_HOOKS)
                .process(PipelineRoutes.OVERHEAR)
                .to(HOOKS + "post")
                .end();
        tapped(from, true)
                .process(PipelineRoutes.OVERHEAR)
                .wireTap(ALERTS + true)
                .dynamicUri(false)
                .executorService(Uris.TAPS);
        from.filter(PipelineRoutes.HELD).process(PipelineRoutes.FINISH).end();
    }

    private static ProcessorDefinition<?> tap(ProcessorDefinition<?> from, boolean ends) {
        tapped(from, ends).wireTap(ALERTS + ends).dynamicUri(false).executorService(Uris.TAPS);
        return from;
    }

    private static ProcessorDefinition<?> tapped(ProcessorDefinition<?> from, boolean ends) {
        return from.filter(new Claim("sets off alerts", run -> !run.alerts(ends).isEmpty()));
    }
}
