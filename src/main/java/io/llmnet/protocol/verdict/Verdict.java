package io.llmnet.protocol.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Reading;
import io.llmnet.protocol.json.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a judge has said of the answers that {@link JudgePrompt} showed it.
 *
 * @param index of the best answer, from 0, in the order in which it was shown; null where none may be shown
 * @param confidence 0 to 1
 * @param reason in a sentence
 */
public record Verdict(@Nullable Integer index, double confidence, String reason) {
    private static final Schema SCHEMA = Schema.ofResource("/prompts/judge.output.json");

    /** Loads what reading takes, some hundred milliseconds, so that no event loop has to; blocks. */
    public static void prepare() {
        parse("{}", 1);
    }

    /**
     * Reads what a judge said; the objection to what is no verdict may be put to it, once.
     *
     * @param answers how many it was shown
     */
    public static Reading<Verdict> parse(String text, int answers) {
        return SCHEMA.read(text).then(said -> read(said, answers));
    }

    private static Reading<Verdict> read(ObjectNode said, int answers) {
        JsonNode winner = said.path("winner_id");
        Integer index = null;
        for (int i = 0; i < answers; i++) {
            if (winner.asText().equals(Candidates.id(i))) {
                index = i;
            }
        }
        if (index == null && !winner.isNull()) {
            return new Reading.Objected<>("winner_id is none of the candidates' ids; they are c1 to "
                    + Candidates.id(answers - 1) + ", and null if none of them may be shown");
        }
        boolean isBlocked = said.at("/policy/action").asText().strip().equalsIgnoreCase("block");
        return new Reading.Understood<>(new Verdict(
                isBlocked ? null : index,
                said.path("confidence").asDouble(),
                said.path("reason").asText()));
    }
}
