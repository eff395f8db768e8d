package io.llmnet.ensemble.meaning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says, in the forms by which it is compared: the tools that it calls, in any order; or its JSON; or its
 * words, evened out. Two of one key mean the same.
 */
public final class Meaning {
    /** Made where it is needed only: most answers are equal, or alone. */
    private record Reading(List<String> words, Marks marks) {}

    private enum Kind {
        TOOLS,
        DATA,
        WORDS
    }

    private final Kind kind;
    private final String key;
    private final float @Nullable [] vector;
    private @Nullable Reading reading;

    private Meaning(Kind kind, String key, float @Nullable [] vector) {
        this.kind = kind;
        this.key = key;
        this.vector = vector;
    }

    /**
     * The meaning of an answer.
     *
     * @param json the text as canonical JSON; null where it is none
     * @param toolCalls canonical, in any order; where there are any, the text counts for nothing
     * @param vector of the text, where one was made
     */
    public static Meaning of(String text, @Nullable String json, List<String> toolCalls, float @Nullable [] vector) {
        if (!toolCalls.isEmpty()) {
            return new Meaning(
                    Kind.TOOLS, String.join("\n", toolCalls.stream().sorted().toList()), null);
        }
        return json == null ? new Meaning(Kind.WORDS, Wording.even(text), vector) : new Meaning(Kind.DATA, json, null);
    }

    /** Whether they are the same but for what says nothing. */
    boolean isSameAs(Meaning other) {
        return kind == other.kind && key.equals(other.key);
    }

    /**
     * From 0 to 1; 1 where they are equal. 0 for those of which likeness says nothing: tool calls and data, in which every value
     * counts, however short; and all that differ in a mark.
     */
    double likeness(Meaning other, Measure measure) {
        if (isSameAs(other)) {
            return 1;
        }
        boolean isCompared = measure != Measure.EXACT && kind == Kind.WORDS && other.kind == Kind.WORDS;
        if (!isCompared || !reading().marks().equals(other.reading().marks())) {
            return 0;
        }
        return switch (measure) {
            case EXACT -> 0;
            case WORDS -> byWords(other);
            case VECTORS -> byVectors(other);
        };
    }

    private double byWords(Meaning other) {
        return Spelling.likeness(reading().words(), other.reading().words());
    }

    private double byVectors(Meaning other) {
        return vector == null || other.vector == null || vector.length != other.vector.length
                ? byWords(other)
                : cosine(vector, other.vector);
    }

    private Reading reading() {
        Reading made = reading;
        if (made == null) {
            List<String> words = Words.of(key);
            made = new Reading(words, Marks.of(words));
            reading = made;
        }
        return made;
    }

    private static double cosine(float[] one, float[] other) {
        double dot = 0;
        double mine = 0;
        double theirs = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
            mine += (double) one[i] * one[i];
            theirs += (double) other[i] * other[i];
        }
        return mine == 0 || theirs == 0 ? 0 : Math.max(0, dot / Math.sqrt(mine * theirs));
    }
}
