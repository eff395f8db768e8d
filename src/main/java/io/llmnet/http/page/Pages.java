package io.llmnet.http.page;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.ledger.Ledger;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Finds the page of a path and a method. */
public final class Pages {
    private final Site site;
    /** Pages by path, and by method. */
    private final Map<String, Map<HttpMethod, Page>> exact = new HashMap<>();
    /** Pages of all paths that begin alike; the key ends with a slash. */
    private final Map<String, Map<HttpMethod, Page>> below = new LinkedHashMap<>();

    /**
     * All pages of a server.
     *
     * @param nanos the clock of all pulses
     */
    public Pages(Site site, Operator operator, Ledger ledger, LongSupplier nanos) {
        this.site = site;
        new ServerPages(site, operator).addTo(this);
        new ModelPages(site, operator).addTo(this);
        new LifecyclePages(operator).addTo(this);
        new BackendPages(operator, new BackendView(operator, ledger.stats(), nanos)).addTo(this);
        new ExplainPage(site, operator).addTo(this);
        get("/history", visit -> visit.show(ledger.history().json()));
        get("/stats", visit -> visit.show(ledger.stats().json(operator.roster())));
        get("/fleet/recommendations", visit -> visit.show(ledger.fleet().json(operator.roster())));
    }

    void get(String path, Page page) {
        add(HttpMethod.GET, path, page);
        add(HttpMethod.HEAD, path, page);
    }

    /** A path that ends with a slash stands for all that begin with it. */
    void add(HttpMethod method, String path, Page page) {
        boolean isOne = !path.endsWith("/") || path.length() == 1;
        (isOne ? exact : below).computeIfAbsent(path, fresh -> new HashMap<>()).put(method, page);
    }

    /**
     * Answers if there is a page at this path.
     *
     * @param path without {@code /v1} and without a slash at its end, not decoded
     */
    public boolean handle(HttpServerRequest request, String path) {
        Map<HttpMethod, Page> here = exact.getOrDefault(path, Map.of());
        String beginning = beginning(path);
        Map<HttpMethod, Page> around = below.getOrDefault(beginning, Map.of());
        Page page = here.get(request.method());
        String rest = "";
        if (page == null) {
            page = around.get(request.method());
            rest = decoded(path.substring(beginning.length()));
        }
        if (page != null) {
            Page found = page;
            Visit visit = new Visit(request, rest, site);
            visit.guard(() -> found.show(visit));
            return true;
        }
        if (here.isEmpty() && around.isEmpty()) {
            return false;
        }
        refuse(request, here, around);
        return true;
    }

    private String beginning(String path) {
        for (String beginning : below.keySet()) {
            if (path.length() > beginning.length() && path.startsWith(beginning)) {
                return beginning;
            }
        }
        return "";
    }

    private void refuse(HttpServerRequest request, Map<HttpMethod, Page> here, Map<HttpMethod, Page> around) {
        TreeSet<String> methods = new TreeSet<>();
        here.keySet().forEach(method -> methods.add(method.name()));
        around.keySet().forEach(method -> methods.add(method.name()));
        String allowed = String.join(", ", methods);
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        new Visit(request, "", site)
                .refuse(new ChatException(
                        Fault.METHOD_NOT_ALLOWED, request.path() + " takes " + allowed + ", not " + request.method()));
    }

    /** What is not well written is taken as it stands: then there is no such thing. */
    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written;
        }
    }
}
