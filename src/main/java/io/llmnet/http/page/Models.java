package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ModelList;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Member;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Price;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that callers can name as a model: pipelines first, as they come; then each model of each backend that is well and
 * each alias, by id and owner. A pipeline that has the name of a model answers for it, so the model is not listed.
 *
 * @param createdSeconds told of what does not say when it was made
 */
record Models(List<String> pipelines, Roster roster, Map<String, String> aliases, long createdSeconds) {
    private static final String OURS = "llmnet";
    private static final String GATEWAY = "gateway";

    /**
     * Those of pipelines and of servers at home: what another gateway may pass requests on to, for it takes us for one at
     * home.
     */
    List<ModelList.Entry> ofServers() {
        List<ModelList.Entry> others = cards(
                member -> !member.said().kind().equals(GATEWAY) && member.said().zone() == Zone.RESTRICTED);
        others.removeIf(entry -> aliases.containsKey(entry.id()));
        return afterPipelines(others);
    }

    List<ModelList.Entry> all() {
        List<ModelList.Entry> others = cards(member -> true);
        for (String alias : aliases.keySet()) {
            ModelList.Entry entry = pipelines.contains(alias) ? null : alias(alias);
            if (entry != null) {
                others.add(entry);
            }
        }
        return afterPipelines(others);
    }

    /** What backends that are well and wanted have, where no pipeline answers for it. */
    private List<ModelList.Entry> cards(Predicate<Member> isWanted) {
        Set<String> taken = Set.copyOf(pipelines);
        List<ModelList.Entry> cards = new ArrayList<>();
        for (Member member : roster.members()) {
            if (member.isUp() && isWanted.test(member)) {
                for (Card card : member.models().values()) {
                    if (!taken.contains(card.id())) {
                        cards.add(entry(card.id(), member, card));
                    }
                }
            }
        }
        return cards;
    }

    private List<ModelList.Entry> afterPipelines(List<ModelList.Entry> others) {
        List<ModelList.Entry> all = new ArrayList<>();
        pipelines.forEach(name -> all.add(new ModelList.Entry(name, OURS, createdSeconds)));
        others.sort(Comparator.comparing(ModelList.Entry::id).thenComparing(ModelList.Entry::ownedBy));
        all.addAll(others);
        return all;
    }

    /** The one of that name, be it listed or another name of what is listed; null where there is none. */
    ModelList.@Nullable Entry named(String id) {
        if (pipelines.contains(id)) {
            return new ModelList.Entry(id, OURS, createdSeconds);
        }
        if (aliases.containsKey(id)) {
            return alias(id);
        }
        Offer offer = offer(id);
        return offer == null ? null : entry(id, offer.member(), offer.card());
    }

    private @Nullable Offer offer(String id) {
        return roster.offers(id).stream()
                .filter(offer -> offer.member().isUp())
                .min(Comparator.comparing(offer -> offer.member().name()))
                .orElse(null);
    }

    /** An alias of what cannot be asked is not told. */
    private ModelList.@Nullable Entry alias(String alias) {
        String target = alias;
        for (int hops = 0; aliases.containsKey(target) && hops <= aliases.size(); hops++) {
            target = aliases.getOrDefault(target, target);
        }
        ObjectNode ours = Json.object().put("alias_for", target);
        if (pipelines.contains(target)) {
            return new ModelList.Entry(
                    alias, OURS, createdSeconds, Json.object().set("x_llmnet", ours));
        }
        Offer offer = offer(target);
        if (offer == null) {
            return null;
        }
        ObjectNode more = can(offer.card());
        more.set("x_llmnet", ours);
        return new ModelList.Entry(alias, OURS, created(offer.card()), more);
    }

    private ModelList.Entry entry(String id, Member member, Card card) {
        ObjectNode more = can(card);
        more.set("x_llmnet", ours(member, card));
        return new ModelList.Entry(id, member.name(), created(card), more);
    }

    private long created(Card card) {
        return card.createdSeconds() > 0 ? card.createdSeconds() : createdSeconds;
    }

    /** What nobody knows is null: neither a yes nor a no. */
    private static ObjectNode can(Card card) {
        Capabilities can = card.capabilities();
        ObjectNode more = Json.object().put("context_length", known(can.contextTokens()));
        more.putObject("capabilities")
                .put("vision", known(can.vision()))
                .put("tools", known(can.tools()))
                .put("json_mode", known(can.json()))
                .put("embeddings", known(can.embeddings()))
                .put("reasoning", known(can.reasoning()));
        return more;
    }

    private static ObjectNode ours(Member member, Card card) {
        ObjectNode ours = Json.object()
                .put("loaded", known(card.loaded()))
                .put("kind", member.said().kind())
                .put("zone", member.said().zone().word())
                .put("tier", member.said().tier());
        if (card.capabilities().maxOutputTokens() > 0) {
            ours.put("max_output_tokens", card.capabilities().maxOutputTokens());
        }
        if (card.sizeBytes() > 0) {
            ours.put("size_bytes", card.sizeBytes());
        }
        Price price = card.price();
        if (price != null) {
            ours.putObject("price").put("prompt", price.prompt()).put("completion", price.completion());
        }
        return ours;
    }

    static @Nullable Integer known(int tokens) {
        return tokens > 0 ? tokens : null;
    }

    static @Nullable Boolean known(Ability ability) {
        return switch (ability) {
            case YES -> Boolean.TRUE;
            case NO -> Boolean.FALSE;
            case UNKNOWN -> null;
        };
    }
}
