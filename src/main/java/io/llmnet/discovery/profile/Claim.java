package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.registry.Ability;
import org.jspecify.annotations.Nullable;

/**
 * Something that a page may say: {@code /a} (true, or there), {@code /a is b}, {@code /a has b}, or always {@code yes} or
 * {@code no}.
 */
public final class Claim {
    /** How claims are written, for messages. */
    static final String FORM = "/field, /field is WORD, /field has WORD, yes or no";

    private enum Verb {
        TRUE,
        IS,
        HAS,
        ALWAYS
    }

    private final Verb verb;
    private final @Nullable Pointer place;
    private final String word;

    private Claim(Verb verb, @Nullable Pointer place, String word) {
        this.verb = verb;
        this.place = place;
        this.word = word;
    }

    /** The claim; null when the text is none. */
    static @Nullable Claim parse(String text) {
        if (text.equals("yes") || text.equals("no")) {
            return new Claim(Verb.ALWAYS, null, text);
        }
        String[] parts = text.split(" ", 3);
        Pointer place = Pointer.parse(parts[0]);
        if (place == null || parts.length == 2) {
            return null;
        }
        if (parts.length == 1) {
            return new Claim(Verb.TRUE, place, "");
        }
        return switch (parts[1]) {
            case "is" -> new Claim(Verb.IS, place, parts[2]);
            case "has" -> new Claim(Verb.HAS, place, parts[2]);
            default -> null;
        };
    }

    /** What a document says to it. */
    Ability of(JsonNode document) {
        JsonNode found = place == null ? null : place.first(document);
        return switch (verb) {
            case ALWAYS -> Ability.of(word.equals("yes"));
            case TRUE -> found != null && found.isBoolean() ? Ability.of(found.booleanValue()) : Ability.UNKNOWN;
            case IS ->
                found != null && found.isTextual()
                        ? Ability.of(found.textValue().equals(word))
                        : Ability.UNKNOWN;
            case HAS -> found != null && found.isArray() ? Ability.of(has(found)) : Ability.UNKNOWN;
        };
    }

    /** Whether a document has it: the field, whatever it says, or the word. */
    boolean isThere(JsonNode document) {
        if (verb == Verb.TRUE && place != null) {
            return place.first(document) != null;
        }
        return of(document) == Ability.YES;
    }

    private boolean has(JsonNode list) {
        for (JsonNode item : list) {
            if (item.isTextual() && item.textValue().equals(word)) {
                return true;
            }
        }
        return false;
    }
}
