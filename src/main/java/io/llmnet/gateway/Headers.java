package io.llmnet.gateway;

import io.llmnet.registry.Offer;
import io.llmnet.registry.Price;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells the caller who answered, and why: Nexus' headers, and our own. */
final class Headers {
    private Headers() {}

    static Map<String, String> of(Candidate by, Offer offer, Request request, Allowance budget) {
        Map<String, String> headers = new HashMap<>(16);
        Zone zone = offer.member().said().zone();
        String backend = plain(offer.member().name());
        headers.put("x-llmnet-backend", backend);
        headers.put("x-llmnet-model", plain(by.model()));
        headers.put("x-llmnet-route-reason", plain(by.reason()));
        headers.put("x-llmnet-attempts", Integer.toString(request.attempts()));
        headers.put("x-nexus-backend", backend);
        headers.put("x-nexus-backend-type", zone == Zone.OPEN ? "cloud" : "local");
        headers.put("x-nexus-route-reason", request.whyNexus(by));
        headers.put("x-nexus-privacy-zone", zone.word());
        if (by.fallbackFor() != null) {
            headers.put("x-nexus-fallback-model", plain(by.model()));
        }
        Price price = offer.card().price();
        if (price != null) {
            headers.put("x-nexus-cost-estimated", money(request.estimate(price), 4));
        }
        if (budget.isTight()) {
            headers.put("x-nexus-budget-status", budget.status());
            headers.put("x-nexus-budget-utilization", money(budget.utilizationPercent(), 2));
            headers.put("x-nexus-budget-remaining", money(budget.remaining(), 2));
        }
        return headers;
    }

    private static String money(double amount, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", amount);
    }

    /** What a header can hold of a text; the rest becomes {@code _}. */
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(c >= ' ' && c <= '~' ? (char) c : '_'));
        return plain.toString();
    }
}
