package io.llmnet.pipeline;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What conditions and prompts may know at one decision of a run. Cheap to make; what costs is computed when asked. For one
 * thread.
 */
public final class Situation implements Variables {
    /** All variables of its own, without the {@code $}. */
    public static final List<String> NAMES = List.of(
            "INITIAL_INPUT",
            "CURRENT_INPUT",
            "PREV_NODE",
            "PREV_LAYER",
            "CURRENT_LAYER",
            "HOP_COUNT",
            "TIMESTAMP",
            "REQUEST_ID",
            "ROUTE_DECISION",
            "INPUT_LENGTH",
            "WORD_COUNT");

    /** Those that are numbers whenever they are set. */
    static final Set<String> NUMBERS =
            Set.of("PREV_LAYER", "CURRENT_LAYER", "HOP_COUNT", "TIMESTAMP", "INPUT_LENGTH", "WORD_COUNT");

    /** Those that are set in every request, and not empty. */
    static final Set<String> ALWAYS_SET =
            Set.of("CURRENT_LAYER", "HOP_COUNT", "TIMESTAMP", "INPUT_LENGTH", "WORD_COUNT", "REQUEST_ID");

    private final String initialInput;
    private final String currentInput;
    private final @Nullable String previousNode;
    private final @Nullable Integer previousLayer;
    private final int currentLayer;
    private final int hopCount;
    private final long timestampSeconds;
    private final String requestId;
    private final @Nullable String routeDecision;
    private final Variables others;
    private int words = -1;
    private int length = -1;

    /**
     * At one decision.
     *
     * @param initialInput the last user message of the request
     * @param currentInput what the previous node said; at first the same
     * @param previousNode the node before; null at the first
     * @param previousLayer its layer
     * @param currentLayer the layer of the node that chooses
     * @param hopCount how many nodes have answered
     * @param timestampSeconds the time, since 1970
     * @param requestId the request's id
     * @param routeDecision the node that was chosen last; null before the first choice
     * @param others what the caller's request says, and what hooks have set: asked for every other name
     */
    public Situation(
            String initialInput,
            String currentInput,
            @Nullable String previousNode,
            @Nullable Integer previousLayer,
            int currentLayer,
            int hopCount,
            long timestampSeconds,
            String requestId,
            @Nullable String routeDecision,
            Variables others) {
        this.initialInput = initialInput;
        this.currentInput = currentInput;
        this.previousNode = previousNode;
        this.previousLayer = previousLayer;
        this.currentLayer = currentLayer;
        this.hopCount = hopCount;
        this.timestampSeconds = timestampSeconds;
        this.requestId = requestId;
        this.routeDecision = routeDecision;
        this.others = others;
    }

    @Override
    public @Nullable String valueOf(String name) {
        return switch (name) {
            case "INITIAL_INPUT" -> initialInput;
            case "CURRENT_INPUT" -> currentInput;
            case "PREV_NODE" -> previousNode;
            case "PREV_LAYER" -> previousLayer == null ? null : previousLayer.toString();
            case "CURRENT_LAYER" -> Integer.toString(currentLayer);
            case "HOP_COUNT" -> Integer.toString(hopCount);
            case "TIMESTAMP" -> Long.toString(timestampSeconds);
            case "REQUEST_ID" -> requestId;
            case "ROUTE_DECISION" -> routeDecision;
            case "INPUT_LENGTH" -> Integer.toString(length());
            case "WORD_COUNT" -> Integer.toString(words());
            default -> others.valueOf(name);
        };
    }

    /** Without a text between, where the value is a number anyway. */
    @Override
    public double numberOf(String name) {
        return switch (name) {
            case "PREV_LAYER" -> previousLayer == null ? Double.NaN : previousLayer;
            case "CURRENT_LAYER" -> currentLayer;
            case "HOP_COUNT" -> hopCount;
            case "TIMESTAMP" -> timestampSeconds;
            case "INPUT_LENGTH" -> length();
            case "WORD_COUNT" -> words();
            default -> Variables.super.numberOf(name);
        };
    }

    private int length() {
        if (length < 0) {
            length = currentInput.codePointCount(0, currentInput.length());
        }
        return length;
    }

    /** Several conditions of one decision may ask: counted once. */
    private int words() {
        if (words < 0) {
            words = wordsIn(currentInput);
        }
        return words;
    }

    private static int wordsIn(String text) {
        int words = 0;
        boolean inWord = false;
        for (int at = 0; at < text.length(); at++) {
            boolean space = isSpace(text.charAt(at));
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
        }
        return words;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
