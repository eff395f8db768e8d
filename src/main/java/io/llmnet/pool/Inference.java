package io.llmnet.pool;

import io.llmnet.chat.Usage;
import java.util.List;

/**
 * What came of a {@link Query}.
 *
 * @param requestId the client's, or the one that it was given
 * @param winnerModel whose answer it is, or who merged it; empty where that is not known
 * @param durationMillis from the query's coming, as measured here
 * @param fromCache whether nobody was asked for it
 * @param strategyUsed the one that really decided, in upper case; {@link #CACHE} where nobody was asked
 * @param modelsQueried the models that were asked, in the order of their seats
 * @param modelScores by which these were compared, in the same order
 * @param reason why it is this answer, for people, in a line; empty where nobody was asked
 * @param usage of all models together, where they tell it
 * @param agreement the share of the members that agree, 0 to 1; NaN where nothing was compared
 * @param winnerSeat the name of the winner's seat; empty where nobody's is the answer
 */
public record Inference(
        String requestId,
        String content,
        String winnerModel,
        long durationMillis,
        boolean fromCache,
        String strategyUsed,
        List<String> modelsQueried,
        List<Double> modelScores,
        String reason,
        Usage usage,
        double agreement,
        String winnerSeat) {
    /** The strategy by which answers are found that were given before. */
    public static final String CACHE = "CACHE";

    public Inference {
        modelsQueried = List.copyOf(modelsQueried);
        modelScores = List.copyOf(modelScores);
    }

    /** The same for another request, for which nobody was asked. */
    Inference again() {
        return new Inference(
                requestId,
                content,
                winnerModel,
                durationMillis,
                true,
                CACHE,
                List.of(),
                List.of(),
                "",
                usage,
                agreement,
                winnerSeat);
    }

    /** The same after so long. */
    Inference after(long millis) {
        return new Inference(
                requestId,
                content,
                winnerModel,
                millis,
                fromCache,
                strategyUsed,
                modelsQueried,
                modelScores,
                reason,
                usage,
                agreement,
                winnerSeat);
    }
}
