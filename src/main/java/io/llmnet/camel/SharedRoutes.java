package io.llmnet.camel;

import io.llmnet.pipeline.Node;
import org.apache.camel.builder.RouteBuilder;

/**
 * Routes that run any node of any pipeline: what {@link PipelineRoutes} wires for one, is asked of the run here. For
 * pipelines beyond the number that gets routes of its own, and for those that have just changed.
 */
final class SharedRoutes extends RouteBuilder {
    static final String NODE = "direct:llmnet-node";
    private static final String INNER = "direct:llmnet-inner";
    private static final String ASK = "llm:any/any?node=any&last=";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        node();
        inner();
    }

    private void node() {
        from(NODE)
                .routeId("llmnet/node")
                .routeDescription("a node of any pipeline that has no routes of its own")
                .process(new Step("enter", Run::enterNext))
                .choice()
                .when(new Claim("last", run -> run.graph().isLast(run.here())))
                .to(ASK + true)
                .otherwise()
                .to(INNER)
                .end();
    }

    private void inner() {
        from(INNER)
                .routeId("llmnet/inner")
                .routeDescription("a node that leads on")
                .filter(new Claim("asks", run -> !run.isRoutedOnly()))
                .to(ASK + false)
                .filter(new Claim("gathered elsewhere", Run::isBranch))
                .stop()
                .end()
                .end()
                .filter(new Claim("fans out", run -> run.here().fanOut()))
                .process(PipelineRoutes.DECIDE)
                .split(new Splitting())
                .parallelProcessing()
                .executorService(PipelineRoutes.BRANCHES)
                .aggregationStrategy(new Gather())
                .to(NODE)
                .end()
                .process(new Gathered())
                .end()
                .process(PipelineRoutes.DECIDE)
                .filter(new Claim("several may answer", run -> !run.isSettled()))
                .choice()
                .when(new Claim("by embedding", run -> run.here().chooseBy() == Node.ChooseBy.EMBEDDING))
                .to(PipelineRoutes.CHOOSE_BY_EMBEDDING)
                .otherwise()
                .to(PipelineRoutes.CHOOSE)
                .end()
                .end()
                .choice()
                .when(new Claim("a node", run -> run.next().get(0).role() == Node.Role.MODEL))
                .to(NODE)
                .when(new Claim("nobody else", run -> run.isRoutedOnly() && !run.isGathered()))
                .to(ASK + true)
                .otherwise()
                .process(PipelineRoutes.FINISH)
                .end();
    }
}
