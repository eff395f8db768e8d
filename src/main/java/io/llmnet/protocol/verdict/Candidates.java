package io.llmnet.protocol.verdict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Excerpt;
import io.llmnet.protocol.json.Json;
import java.util.List;

/** A question and the answers to it as one JSON document, so that a judge can tell what is whose. */
final class Candidates {
    /** Of each answer, in characters: what is longer is shortened in the middle, so that the judge's context holds all. */
    static final int LONGEST_ANSWER = 6_000;

    /** Of the question, in characters. */
    static final int LONGEST_QUESTION = 12_000;

    private Candidates() {}

    /** The document: {@code question}, and {@code candidates} with the ids {@code c1}, {@code c2} and so on. */
    static String document(String question, List<String> answers) {
        ObjectNode document = Json.object().put("question", Excerpt.of(question, LONGEST_QUESTION));
        ArrayNode candidates = document.putArray("candidates");
        for (int i = 0; i < answers.size(); i++) {
            candidates.addObject().put("id", id(i)).put("answer", Excerpt.of(answers.get(i), LONGEST_ANSWER));
        }
        return Json.text(document);
    }

    /** How the judge knows the answer of an index. */
    static String id(int index) {
        return "c" + (index + 1);
    }
}
