package io.llmnet.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a model choose among nodes: what it is asked, what it may say, and what is understood of what it said. */
public final class Intent {
    private static final String END_OF_THOUGHT = "</think>";

    private Intent() {}

    /** The question to a router's model: which of the candidates shall answer the prompt. */
    public static String question(String prompt, List<Node> candidates) {
        StringBuilder question =
                new StringBuilder("Pick the one of these experts who fits the request best.\n\nExperts:\n");
        for (Node candidate : candidates) {
            question.append("- ").append(candidate.name());
            if (candidate.useCase() != null) {
                question.append(": ").append(candidate.useCase());
            }
            question.append('\n');
        }
        return question.append("\nRequest:\n\"\"\"\n")
                .append(prompt)
                .append("\n\"\"\"\n\nDo not answer the request. Reply with ONLY the name of the expert.")
                .toString();
    }

    /** A JSON schema that lets nothing through but <code>{"node": "one of the candidates"}</code>. */
    public static String jsonSchema(List<Node> candidates) {
        StringBuilder schema =
                new StringBuilder("{\"type\":\"object\",\"properties\":{\"node\":{\"type\":\"string\",\"enum\":[");
        String comma = "";
        for (Node candidate : candidates) {
            schema.append(comma);
            JsonTexts.quote(candidate.name(), schema);
            comma = ",";
        }
        return schema.append("]}},\"required\":[\"node\"],\"additionalProperties\":false}")
                .toString();
    }

    /**
     * The candidate that an answer means: named exactly, else but for case, else somewhere in it as a whole word. Of
     * several the longest name counts, for it is the more exact; of several as long, the one that comes first.
     */
    public static Optional<Node> match(String answer, List<Node> candidates) {
        int thought = answer.lastIndexOf(END_OF_THOUGHT);
        String said = thought < 0 ? answer : answer.substring(thought + END_OF_THOUGHT.length());
        String named = value(said).strip();
        String name = bare(named);
        return first(candidates, candidate -> candidate.name().equals(named))
                .or(() -> first(candidates, candidate -> candidate.name().equals(name)))
                .or(() -> first(candidates, candidate -> candidate.name().equalsIgnoreCase(name)))
                .or(() -> Optional.ofNullable(mentioned(said, candidates)));
    }

    private static Optional<Node> first(List<Node> candidates, Predicate<Node> wanted) {
        return candidates.stream().filter(wanted).findFirst();
    }

    /** What stands as {@code "node"} in an answer that is JSON; any other answer as it is. */
    private static String value(String said) {
        int key = said.indexOf("\"node\"");
        int colon = key < 0 ? -1 : said.indexOf(':', key);
        int open = colon < 0 ? -1 : said.indexOf('"', colon);
        int close = open < 0 ? -1 : said.indexOf('"', open + 1);
        return close < 0 ? said : said.substring(open + 1, close);
    }

    /** Without what models put around a name: space, quotes, Markdown, a full stop. */
    private static String bare(String said) {
        int start = 0;
        int end = said.length();
        while (start < end && isWrapping(said.charAt(start))) {
            start++;
        }
        while (end > start && isWrapping(said.charAt(end - 1))) {
            end--;
        }
        return said.substring(start, end);
    }

    private static boolean isWrapping(char character) {
        return Character.isWhitespace(character) || "\"'`*.,:;!()[]{}<>“”‘’".indexOf(character) >= 0;
    }

    private static @Nullable Node mentioned(String said, List<Node> candidates) {
        Node best = null;
        int bestAt = -1;
        for (Node candidate : candidates) {
            int at = wordAt(said, candidate.name());
            int longer =
                    best == null ? 1 : candidate.name().length() - best.name().length();
            if (at >= 0 && (longer > 0 || (longer == 0 && at < bestAt))) {
                best = candidate;
                bestAt = at;
            }
        }
        return best;
    }

    /** Where the name stands in the text with nothing grown on to it; -1 if nowhere. */
    private static int wordAt(String text, String name) {
        for (int at = 0; at + name.length() <= text.length(); at++) {
            if (text.regionMatches(true, at, name, 0, name.length())
                    && !isGrown(text, at - 1)
                    && !isGrown(text, at + name.length())) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isGrown(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char character = text.charAt(at);
        return Character.isLetterOrDigit(character) || character == '-' || character == '_';
    }
}
