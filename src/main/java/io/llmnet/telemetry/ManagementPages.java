package io.llmnet.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.console.Consoles;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.protocol.openai.ErrorBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What can be looked at on the management port, which is for this machine only. Nothing here changes anything. */
public final class ManagementPages {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Supplier<Map<String, Graph>> pipelines;
    private final Meters meters;
    private final Followers followers;
    private final Supplier<Consoles> consoles;

    /**
     * The pages of one server.
     *
     * @param pipelines those in place, by name
     * @param consoles Camel's, made when somebody looks
     */
    public ManagementPages(
            Supplier<Map<String, Graph>> pipelines, Meters meters, Followers followers, Supplier<Consoles> consoles) {
        this.pipelines = pipelines;
        this.meters = meters;
        this.followers = followers;
        this.consoles = consoles;
    }

    /** Puts them where they are found. */
    public void mount(Router router) {
        router.get("/pipelines").handler(this::list);
        router.get("/pipelines/:name/graph").handler(this::graph);
        router.get("/trace").handler(context -> Feed.open(context.vertx(), context.request(), followers));
        // Camel's consoles look at all routes and threads: not for the event loop.
        router.get("/console").blockingHandler(this::index, false);
        router.get("/console/:id").blockingHandler(this::console, false);
    }

    private void list(RoutingContext context) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        pipelines.get().keySet().forEach(list.putArray("pipelines")::add);
        send(context, 200, JSON, list.toString());
    }

    private void graph(RoutingContext context) {
        String name = context.pathParam("name");
        Graph graph = pipelines.get().get(name);
        if (graph == null) {
            missing(context, "there is no pipeline " + name + "; /pipelines lists them");
        } else {
            send(context, 200, JSON, new Sketch(graph, meters).json().toString());
        }
    }

    private void index(RoutingContext context) {
        boolean json = wantsJson(context.request());
        Consoles all = consoles.get();
        send(context, 200, json ? JSON : TEXT, json ? all.indexJson() : all.indexText());
    }

    private void console(RoutingContext context) {
        String named = context.pathParam("id");
        boolean json = named.endsWith(".json") || wantsJson(context.request());
        String id = named.replaceFirst("\\.json$", "");
        Map<String, String> options = new TreeMap<>();
        context.queryParams().forEach(options::put);
        consoles.get()
                .page(id, json, options)
                .ifPresentOrElse(
                        page -> send(context, 200, json ? JSON : TEXT, page),
                        () -> missing(context, "there is no console " + id + "; /console lists them"));
    }

    private static boolean wantsJson(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(JSON);
    }

    private static void missing(RoutingContext context, String message) {
        send(context, 404, JSON, Buffer.buffer(ErrorBody.of(new ChatException(Fault.NOT_FOUND, message))));
    }

    private static void send(RoutingContext context, int status, String type, String body) {
        send(context, status, type, Buffer.buffer(body));
    }

    private static void send(RoutingContext context, int status, String type, Buffer body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }
}
