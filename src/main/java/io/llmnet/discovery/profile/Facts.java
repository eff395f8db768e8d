package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Where a page tells of a model. Of several places of a number the first that tells counts; of several claims one that
 * holds is enough.
 */
public record Facts(
        List<Pointer> context,
        List<Pointer> maxOutput,
        List<Pointer> size,
        List<Pointer> created,
        List<Claim> vision,
        List<Claim> tools,
        List<Claim> json,
        List<Claim> embeddings,
        List<Claim> reasoning,
        List<Claim> loaded) {
    /** A page that tells nothing of models. */
    public static final Facts NONE = new Facts(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());

    public Facts {
        context = List.copyOf(context);
        maxOutput = List.copyOf(maxOutput);
        size = List.copyOf(size);
        created = List.copyOf(created);
        vision = List.copyOf(vision);
        tools = List.copyOf(tools);
        json = List.copyOf(json);
        embeddings = List.copyOf(embeddings);
        reasoning = List.copyOf(reasoning);
        loaded = List.copyOf(loaded);
    }

    /** What the page says of the model of that name. */
    public Card of(String id, JsonNode page) {
        Capabilities capabilities = new Capabilities(
                tokens(context, page),
                tokens(maxOutput, page),
                any(vision, page),
                any(tools, page),
                any(json, page),
                any(embeddings, page),
                any(reasoning, page));
        return new Card(id, capabilities, null, any(loaded, page), number(size, page), seconds(page));
    }

    /** What one page says of a model, and where it says nothing, what another does. */
    public static Card or(Card first, Card second) {
        return new Card(
                first.id(),
                first.capabilities().or(second.capabilities()),
                first.price() == null ? second.price() : first.price(),
                first.loaded().or(second.loaded()),
                first.sizeBytes() > 0 ? first.sizeBytes() : second.sizeBytes(),
                first.createdSeconds() > 0 ? first.createdSeconds() : second.createdSeconds());
    }

    private static Ability any(List<Claim> claims, JsonNode page) {
        Ability all = Ability.UNKNOWN;
        for (Claim claim : claims) {
            Ability one = claim.of(page);
            all = one == Ability.YES ? one : all.or(one);
        }
        return all;
    }

    private static long number(List<Pointer> places, JsonNode page) {
        return places.stream()
                .mapToLong(place -> place.number(page))
                .filter(number -> number > 0)
                .findFirst()
                .orElse(0);
    }

    private static int tokens(List<Pointer> places, JsonNode page) {
        return (int) Math.min(Integer.MAX_VALUE, number(places, page));
    }

    private long seconds(JsonNode page) {
        long number = number(created, page);
        return number > 0
                ? number
                : created.stream()
                        .map(place -> place.text(page))
                        .filter(text -> text != null)
                        .mapToLong(Facts::seconds)
                        .findFirst()
                        .orElse(0);
    }

    private static long seconds(String date) {
        try {
            return Math.max(0, OffsetDateTime.parse(date).toEpochSecond());
        } catch (DateTimeException notADate) {
            return 0;
        }
    }
}
