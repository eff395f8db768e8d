package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Pipelines as Camel routes: to be looked at, and to be used from routes of one's own. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class RoutesTest {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final Caller caller = Caller.ofServer();

    @Inject
    CamelContext camel;

    @Inject
    ProducerTemplate producer;

    @Test
    void everyNodeIsARouteThatJmxShows() throws Exception {
        Set<String> ids = BEANS.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null).stream()
                .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
                .collect(Collectors.toSet());

        assertThat(ids)
                .contains("rules/router", "rules/quick", "rules/careful", "panel/refiner", "ok/chat", "llmnet/choose");
    }

    @Test
    void jmxCountsWhatPassesANode() throws Exception {
        long before = exchanges("layers/draft");

        caller.chat(question("layers", "hello"));

        Eventually.holds("the exchange is counted", () -> exchanges("layers/draft") == before + 1);
        assertThat(BEANS.getAttribute(route("layers/draft"), "State")).isEqualTo("Started");
        assertThat(BEANS.getAttribute(route("layers/draft"), "RouteGroup")).isEqualTo("layers");
        assertThat(BEANS.getAttribute(route("layers/draft"), "Description")).isEqualTo("layer 1");
    }

    @Test
    void anybodysRouteCanAskAModel() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine")
                        .routeId("mine")
                        .to("llm:layers/finish?system=Be brief.&temperature=0.5&maxTokens=9");
            }
        });

        String answer = producer.requestBody("direct:mine", "hello", String.class);

        assertThat(answer).isEqualTo("ok heard hello");
    }

    private static long exchanges(String route) {
        try {
            return (Long) BEANS.getAttribute(route(route), "ExchangesTotal");
        } catch (javax.management.JMException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectName route(String id) throws javax.management.MalformedObjectNameException {
        return BEANS.queryNames(
                        new ObjectName("org.apache.camel:type=routes,name=" + ObjectName.quote(id) + ",*"), null)
                .iterator()
                .next();
    }
}
