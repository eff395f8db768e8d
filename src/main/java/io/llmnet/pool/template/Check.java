package io.llmnet.pool.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an answer must be to its input: more than a schema can say. */
@FunctionalInterface
interface Check {
    /** No more than its schema says. */
    Check NONE = (input, output) -> null;

    /** Those of our templates that have one. */
    Map<String, Check> OURS =
            Map.of("judge", Check::winner, "rerank", Check::ranking, "expand_queries", Check::durations);

    /** What is wrong, for the model to mend it; null for nothing. */
    @Nullable
    String objection(ObjectNode input, ObjectNode output);

    /** A judge picks a candidate, or none. */
    private static @Nullable String winner(ObjectNode input, ObjectNode output) {
        JsonNode winner = output.path("winner_id");
        List<String> ids = ids(input);
        return winner.isNull() || ids.contains(winner.asText())
                ? null
                : "winner_id must be the id of one candidate, or null: " + String.join(", ", ids);
    }

    /** Nothing is lost and nothing is made up where candidates are put in order. */
    private static @Nullable String ranking(ObjectNode input, ObjectNode output) {
        List<String> ranked = new ArrayList<>();
        output.path("ranking").forEach(id -> ranked.add(id.asText()));
        List<String> ids = ids(input);
        List<String> lost = new ArrayList<>(ids);
        boolean isOrder = ranked.stream().allMatch(lost::remove) && lost.isEmpty();
        return isOrder ? null : "ranking must hold the id of every candidate exactly once: " + String.join(", ", ids);
    }

    private static @Nullable String durations(ObjectNode input, ObjectNode output) {
        JsonNode range = output.path("duration_range_sec");
        return range.path(0).asDouble() <= range.path(1).asDouble()
                ? null
                : "duration_range_sec must be the shortest and then the longest duration";
    }

    private static List<String> ids(ObjectNode input) {
        List<String> ids = new ArrayList<>();
        input.path("candidates")
                .forEach(candidate -> ids.add(candidate.path("id").asText()));
        return ids;
    }
}
