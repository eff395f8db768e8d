package io.llmnet.camel;

import java.util.List;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes that one pipeline has of its own.
 *
 * @param name the first part of their ids; not always the pipeline's own, for its last routes may still be in use
 * @param shape what they were made of
 * @param routes their ids
 */
record RouteSet(String name, String pipeline, Shape shape, Entrance entrance, List<String> routes) {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouteSet.class);

    boolean fits(Deployment deployment) {
        return shape.equals(Shape.of(deployment.graph()));
    }

    /** Takes the routes away if no run needs them any more; true once they are gone. */
    boolean remove(CamelContext camel) {
        if (!entrance.shut()) {
            return false;
        }
        for (String route : routes) {
            try {
                camel.getRouteController().stopRoute(route);
                camel.removeRoute(route);
            } catch (Exception e) {
                LOGGER.warn("route={} could not be removed", route, e);
            }
        }
        return true;
    }
}
